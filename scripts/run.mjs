/** Runs one script of this folder on the pinned Node. Plain JavaScript, so that an old Node can say what is wrong. */
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `Node ${process.versions.node} is too old: DiscogsAgent needs 22.18 or newer. ` +
      'Run "npm ci" once; it brings the pinned Node 24, which the npm scripts then use.',
  );
  process.exit(1);
}
const [name, ...rest] = process.argv.slice(2);
process.argv = [process.argv[0], new URL(`./${name}.ts`, import.meta.url).pathname, ...rest];
await import(`./${name}.ts`);
