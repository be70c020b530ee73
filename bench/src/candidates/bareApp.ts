/** App: the least that Azure Functions can do. A constant body through the library's objects, nothing behind it. */
import { app } from '@azure/functions';
import { bodiesByDigit } from '../bodies.ts';

const bodies = bodiesByDigit();

app.http('getRelease', {
  methods: ['GET'],
  route: 'releases/{release_id}',
  authLevel: 'anonymous',
  handler: ({ params }) => {
    const body = bodies.get(params['release_id']?.charAt(0) ?? '');
    return body ? { headers: { 'content-type': 'application/json' }, body } : { status: 404 };
  },
});
