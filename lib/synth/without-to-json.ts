const prototypes = [Object.prototype, Array.prototype];

/**
 * Does something while the prototypes of the language have no `toJSON`, which some libraries give them: `JSON.stringify`
 * would ask it of all data.
 */
export function withoutToJson<T>(work: () => T): T {
  const aside = prototypes.flatMap((prototype) => {
    const property = Object.getOwnPropertyDescriptor(prototype, 'toJSON');
    return property && Reflect.deleteProperty(prototype, 'toJSON') ? [{ prototype, property }] : [];
  });
  try {
    return work();
  } finally {
    for (const { prototype, property } of aside) Object.defineProperty(prototype, 'toJSON', property);
  }
}
