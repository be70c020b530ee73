/** The path of a Chromium. `mayInstall`: with apt-get, where that is there and this is root, as in a CI container. */
export declare function findChromium(mayInstall: boolean): Promise<string | undefined>;
