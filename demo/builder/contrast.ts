// Contrast of what the preview shows (WCAG 2.2, 1.4.3), measured in the page: that includes the theme and the color scheme.

type Rgb = readonly [number, number, number];

/** Least contrast of text. */
export const MIN_CONTRAST = 4.5;

/** The part of the element that each color setting applies to. */
const PARTS: Record<string, string> = {
  'css-color': '[part=summary], [part=list]',
  'css-link-color': '[part=link]',
  'css-muted-color': '[part=date], [part=author], [part=category], [part=source]',
  'css-accent-color': '[part=more], [part=expand]',
};

/** Returns the channels of a computed color, or `undefined` if it is transparent or in another color space. */
export function parseColor(computed: string): Rgb | undefined {
  const [, red, green, blue, alpha = '1'] =
    /^rgba?\(([\d.]+),? ([\d.]+),? ([\d.]+)(?:(?:, | \/ )([\d.]+))?\)$/.exec(computed) ?? [];
  return red === undefined || Number(alpha) < 1 ? undefined : [Number(red), Number(green), Number(blue)];
}

function luminance(color: Rgb): number {
  const [red, green, blue] = color.map((channel) => {
    const value = channel / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Returns the contrast of two colors, 1–21. */
export function contrastOf(first: Rgb, second: Rgb): number {
  const [dark = 0, light = 0] = [luminance(first), luminance(second)].sort((one, other) => one - other);
  return (light + 0.05) / (dark + 0.05);
}

/** Returns the first opaque background of an element and its ancestors, through shadow roots. */
function backgroundOf(element: Element): Rgb {
  for (let node: Element | null = element; node;) {
    const color = parseColor(getComputedStyle(node).backgroundColor);
    if (color) return color;
    const root: Node = node.getRootNode();
    node = node.assignedSlot ?? node.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
  }
  return [255, 255, 255];
}

/** Returns the contrast of each color setting whose part is visible in an element. */
export function measureContrast(element: Element): Record<string, number> {
  const measured = Object.entries(PARTS).flatMap(([key, selector]) => {
    const part = element.shadowRoot?.querySelector(selector);
    const color = part && parseColor(getComputedStyle(part).color);
    return color ? [[key, contrastOf(color, backgroundOf(part))] as const] : [];
  });
  return Object.fromEntries(measured);
}
