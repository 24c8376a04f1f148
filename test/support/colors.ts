/** A color as red, green and blue from 0 to 255, and its opacity from 0 to 1. */
type Color = readonly [red: number, green: number, blue: number, opacity: number];

const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });

/** Parses any CSS color. */
function read(css: string): Color {
  if (!canvas) throw new Error('no canvas');
  canvas.clearRect(0, 0, 1, 1);
  canvas.fillStyle = css;
  canvas.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, opacity = 0] = canvas.getImageData(0, 0, 1, 1).data;
  return [red, green, blue, opacity / 255];
}

function over([red, green, blue, opacity]: Color, below: Color): Color {
  const mix = (top: number, index: 0 | 1 | 2): number => top * opacity + below[index] * (1 - opacity);
  return [mix(red, 0), mix(green, 1), mix(blue, 2), 1];
}

/** Returns the background color of an element: all backgrounds up to the page's, through shadow roots and slots. */
function backgroundOf(element: Element): Color {
  const parent = element.assignedSlot ?? element.parentElement ?? (element.getRootNode() as Partial<ShadowRoot>).host;
  const below: Color = parent ? backgroundOf(parent) : [255, 255, 255, 1];
  return over(read(getComputedStyle(element).backgroundColor), below);
}

/** Returns the relative luminance (WCAG 2.2). */
function luminance([red, green, blue]: Color): number {
  const [r = 0, g = 0, b = 0] = [red, green, blue].map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Returns the contrast ratio (WCAG 2.2) of a CSS color and the background of an element. */
export function contrast(css: string, element: Element): number {
  const background = backgroundOf(element);
  const [light = 0, dark = 0] = [luminance(over(read(css), background)), luminance(background)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}
