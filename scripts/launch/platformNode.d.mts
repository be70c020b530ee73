/** The Node in a folder `node_modules`; undefined where this platform has none there. */
export declare function platformNode(
  modules: string,
): { readonly path: string; readonly version: string } | undefined;
