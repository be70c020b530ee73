/** What Node says about a file or stream that failed: `ENOENT`, `Z_DATA_ERROR`. Empty texts for anything else. */
export function systemError(error: unknown): { readonly code: string; readonly message: string } {
  const member = (name: string): string => {
    const value: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;
    return typeof value === 'string' ? value : '';
  };
  return { code: member('code'), message: member('message') };
}
