export async function init(_folder: string | undefined, _options: unknown): Promise<void> {}
