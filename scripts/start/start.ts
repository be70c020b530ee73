/** `npm start`: builds the app and serves it on 127.0.0.1. */
import { buildApp } from '../build/build.ts';
import { serveLocally } from './serveLocally.ts';

await serveLocally(process.env, buildApp);
