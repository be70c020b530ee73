/** What every page that is tried in a browser needs: checks that say what they check, sizes, and pictures. */
import { mkdir, writeFile } from 'node:fs/promises';
import { openPage, type Page } from './devTools.ts';

const PICTURES = new URL('../../../dist/', import.meta.url);

/** Prints what holds; throws for what does not. */
export function check(holds: boolean, what: string): void {
  if (!holds) throw new Error(`not so: ${what}`);
  console.log(`ok: ${what}`);
}

/** Writes a picture of the page to `dist/`. */
export async function picture(page: Page, name: string, scheme: 'light' | 'dark'): Promise<void> {
  await page.command('Emulation.setEmulatedMedia', {
    features: [{ name: 'prefers-color-scheme', value: scheme }],
  });
  const { data } = await page.command('Page.captureScreenshot', { format: 'png' });
  await mkdir(PICTURES, { recursive: true });
  await writeFile(new URL(name, PICTURES), Buffer.from(String(data), 'base64'));
}

export const resize = (page: Page, width: number, height: number) =>
  page.command('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false });

/** Whether nothing is cut off at the side. */
export const fits = async (page: Page): Promise<boolean> =>
  Number(await page.value('document.documentElement.scrollWidth - innerWidth')) <= 0;

/** Works in a page of its own. What does not hold is printed, and fails the check. */
export async function inPage(chromium: string, work: (page: Page) => Promise<void>): Promise<void> {
  try {
    const page = await openPage(chromium);
    try {
      await work(page);
    } finally {
      await page.close();
    }
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
