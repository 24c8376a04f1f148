// The memory of a page, as Chromium reports it. `session` is a CDP session of that page.

/** Collects garbage three times: a collection can release objects for the next one. */
export async function collectGarbage(session) {
  for (let round = 0; round < 3; round++) await session.send('HeapProfiler.collectGarbage');
}

/**
 * Returns the bytes that scripts hold after garbage collection: their heap, and the contents of buffers and strings outside it, such
 * as texts of a `TextDecoder`.
 */
export async function bytesHeld(session) {
  await collectGarbage(session);
  const { usedSize, backingStorageSize } = await session.send('Runtime.getHeapUsage');
  return usedSize + backingStorageSize;
}

/** Returns all nodes of the heap: V8's type and name, their bytes, and whether they are detached. */
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
