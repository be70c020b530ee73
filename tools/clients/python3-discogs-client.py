"""python3-discogs-client against the gateway: only its address is changed."""

import os

import discogs_client
from discogs_client.exceptions import HTTPError

RELEASE = 249504

client = discogs_client.Client('DiscogsAgentClients/1.0', user_token=os.environ['CLIENT_KEY'])
client._base_url = os.environ['GATEWAY_URL']


def check(what, holds):
    if not holds:
        raise AssertionError('not so: ' + what)
    print('ok: ' + what)


# It sends per_page twice, first what is asked for and then its own 50.
found = client.search('nevermind', type='release', per_page=2)
check('a search has pages of two', len(found.page(1)) == 2 and found.pages > 1)
check('the second page is another one', found.page(2)[0].id != found.page(1)[0].id)

me = client.identity()
check('the identity is known', me.username == 'crate_digger')
check('the collection has releases', me.collection_folders[0].releases[0].release.title != '')

me.wantlist.add(RELEASE, rating=5)
check('a release is wanted', RELEASE in [want.id for want in me.wantlist])
me.wantlist.remove(RELEASE)
check('and no more', RELEASE not in [want.id for want in me.wantlist])

# It sends the id as a text.
me.inventory.add_listing(RELEASE, 'Mint (M)', '12.50', 'Draft')
check('a listing is read', client.listing(172723812).release.title != '')

try:
    client.release(999999998).title
    check('an unknown release is an error', False)
except HTTPError as error:
    check('an unknown release is an error with a message', error.status_code == 404 and str(error) != '')
