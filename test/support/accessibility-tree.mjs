/** Properties in the text of a node, next to role, name and description. */
const PROPERTIES = ['level', 'live', 'busy', 'disabled'];

/** Returns Chromium's accessibility tree of the first matching element as indented text. */
export async function treeOf(page, selector) {
  const client = await page.createCDPSession();
  const { root } = await client.send('DOM.getDocument');
  const { nodeId } = await client.send('DOM.querySelector', { nodeId: root.nodeId, selector });
  const { node } = await client.send('DOM.describeNode', { nodeId });
  const { nodes } = await client.send('Accessibility.getFullAXTree');
  await client.detach();
  const byId = new Map(nodes.map((entry) => [entry.nodeId, entry]));
  const start = nodes.find(({ backendDOMNodeId }) => backendDOMNodeId === node.backendNodeId);
  return linesOf(start, byId, '').join('');
}

/** Skips nodes that screen readers don't announce, white space included. Text that is its parent's name is announced once. */
function linesOf(node, byId, indent) {
  const isSpace = node.role?.value === 'StaticText' && !node.name?.value.trim();
  const isAnnounced = !node.ignored && !isSpace && !['generic', 'InlineTextBox'].includes(node.role.value);
  const below = isAnnounced ? `${indent}  ` : indent;
  const isNamedByText = ['link', 'button'].includes(node.role.value);
  const children = isNamedByText ? [] : (node.childIds ?? []).flatMap((id) => linesOf(byId.get(id), byId, below));
  return isAnnounced ? [`${indent}${lineOf(node)}\n`, ...children] : children;
}

function lineOf({ role, name, description, properties = [] }) {
  const isLevelKnown = role.value !== 'heading'; // the level of a list item is the depth of its list
  const shown = properties.filter(
    (property) =>
      PROPERTIES.includes(property.name) && property.value.value && !(isLevelKnown && property.name === 'level'),
  );
  return [
    role.value === 'StaticText' ? 'text' : role.value,
    name?.value && JSON.stringify(name.value),
    description?.value && `(${description.value})`,
    ...shown.map((property) => `${property.name}=${property.value.value}`),
  ]
    .filter(Boolean)
    .join(' ');
}
