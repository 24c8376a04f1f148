// What a page holds in memory, as Chromium's own tools see it. `session` is a CDP session of that page.

/** Takes away what nobody holds; what the first round sets free, the next ones find. */
export async function collectGarbage(session) {
  for (let round = 0; round < 3; round++) await session.send('HeapProfiler.collectGarbage');
}

/**
 * Bytes that scripts hold once all garbage is gone: their heap, and what is beside it, the contents of buffers and of
 * strings that the browser has made. A text that a `TextDecoder` has given is one of these: the heap alone does not
 * grow by it.
 */
export async function bytesHeld(session) {
  await collectGarbage(session);
  const { usedSize, backingStorageSize } = await session.send('Runtime.getHeapUsage');
  return usedSize + backingStorageSize;
}

/** All that is in the heap, one by one: the type and name that V8 gives it, its own bytes, whether it is out of every document. */
export async function readHeap(session) {
  let text = '';
  const collect = ({ chunk }) => (text += chunk);
  session.on('HeapProfiler.addHeapSnapshotChunk', collect);
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  session.off('HeapProfiler.addHeapSnapshotChunk', collect);
  const { snapshot, nodes, strings } = JSON.parse(text);
  const { node_fields: fields, node_types: types } = snapshot.meta;
  const [type, name, size, detachedness] = ['type', 'name', 'self_size', 'detachedness'].map((field) =>
    fields.indexOf(field),
  );
  return Array.from({ length: nodes.length / fields.length }, (_, index) => {
    const at = index * fields.length;
    return {
      type: types[type][nodes[at + type]],
      name: strings[nodes[at + name]],
      size: nodes[at + size],
      isDetached: nodes[at + detachedness] === 2,
    };
  });
}
