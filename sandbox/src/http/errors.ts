/** Discogs' refusals. The wording, full stops included, differs from entity to entity on the real service too. */
import { json, message } from './reply.ts';

export const notAuthenticated = () => message(401, 'You must authenticate to access this resource.');
export const unknownToken = () =>
  message(401, 'Invalid consumer token. Please register an app before making requests.');
export const unknownKey = () =>
  message(401, 'Invalid consumer key/secret. Please register an app before making requests.');

export const notYours = () => message(403, "You don't have permission to access this resource.");
export const privateResource = () =>
  message(
    403,
    'You are not allowed to view this resource. Please authenticate as the owner to view this content.',
  );
export const inventoryTooDeep = () =>
  message(403, 'Pagination above 100 disabled for inventories besides your own');

export const noResource = () => message(404, 'The requested resource was not found.');
export const noRelease = () => message(404, 'That release does not exist or may have been deleted.');
export const noReleaseToRate = () => message(404, 'Release does not exist or may have been deleted.');
export const noReleaseToSell = () => message(404, 'Release not found.');
export const noMaster = () => message(404, 'That master release does not exist or may have been deleted.');
export const noArtist = () => message(404, 'Artist not found.');
export const noLabel = () => message(404, 'Label not found');
export const noUser = () => message(404, 'User does not exist or may have been deleted.');
export const noListing = () => message(404, 'Item not found. It may have been deleted.');
export const notWanted = () => message(404, "The release does not exist in the user's wantlist.");
export const noList = () => message(404, 'List not found');
export const noCopy = () =>
  message(404, "The requested collection item does not exist in this user's collection.");
export const noCopyToNote = () => message(404, "Release not found in user's collection.");
export const noSuchPage = (page: number) => message(404, `Page ${page} is outside of valid range.`);

export const wrongVerb = (method: string) =>
  message(405, `Method ${method} is not allowed for this resource.`);
/** The status is documented, the wording is composed. */
export const conflict = () => message(409, 'Another one is still running.');
/** Likewise. */
export const notCsv = () => message(415, 'The file is not a CSV file.');
export const invalid = (field: string, problem: string) => message(422, `Invalid ${field}: ${problem}.`);
/** How newer calls of Discogs complain. */
export const validationErrors = (detail: readonly object[]) =>
  json(422, { detail, message: 'See "detail" for validation errors.' });
export const tooManyRequests = () => message(429, 'You are making requests too quickly.');
export const malformedQuery = () => message(500, 'An internal server error occurred. (Malformed query?)');
