"""discogs-sdk against the gateway: every resource that it has, with its address and key as the only options."""

import os
from pathlib import Path

from discogs_sdk import Discogs, NotFoundError

RELEASE = 249504
USER = 'crate_digger'
LISTING = 172723812


def check(what, holds):
    if not holds:
        raise AssertionError('not so: ' + what)
    print('ok: ' + what)


def read_database(client):
    found = client.search(release_title='nevermind', type='release', per_page=2)
    titles = [row.title for _, row in zip(range(3), found)]
    check('a search goes on to its second page', len(titles) == 3)
    release = client.releases.get(RELEASE)
    check('a release has a title', release.title == 'Never Gonna Give You Up')
    check('a release has a rating of all', release.rating.get().rating.count > 0)
    check('a release has prices', release.price_suggestions.get() is not None)
    check('a release is for sale', release.marketplace_stats.get(curr_abbr='EUR').num_for_sale is not None)
    check('a release is had', release.stats.get().num_have is not None)
    check('a release is rated', release.rating.update(USER, 4).rating == 4)
    check('the rating is read', release.rating.get(USER).rating == 4)
    release.rating.delete(USER)
    master = client.masters.get(96559)
    check('a master has versions', next(iter(master.versions.list(per_page=2))).id > 0)
    check('an artist has releases', next(iter(client.artists.get(108713).releases.list(sort='year'))).id > 0)
    check('a label has releases', next(iter(client.labels.get(895).releases.list())).id > 0)


def use_collection(client):
    me = client.users.get(client.user.identity().username)
    check('the identity is known', me.username == USER)
    collection = me.collection
    check('the collection has a value', collection.value.get().median != '')
    check('the collection has fields', len(collection.fields.list()) > 0)
    folder = collection.folders.create(name='Of a client')
    collection.folders.update(folder.id, name='Of another')
    items = collection.folders.get(folder.id).releases
    copy = items.create(release_id=RELEASE)
    instances = items.get(RELEASE).instances
    instances.update(copy.instance_id, rating=5)
    instances.get(copy.instance_id).fields.update(3, value='from a client')
    copies = [item for item in collection.releases.get(RELEASE).list() if item.instance_id == copy.instance_id]
    check('a copy is rated', copies[0].rating == 5)
    instances.delete(copy.instance_id)
    collection.folders.delete(folder.id)
    check('the folder is gone', folder.id not in [one.id for one in collection.folders.list()])
    me.wantlist.create(release_id=RELEASE)
    me.wantlist.update(RELEASE, notes='from a client')
    check('a release is wanted', 'from a client' in [want.notes for want in me.wantlist.list()])
    me.wantlist.delete(RELEASE)
    check('a list has items', len(client.lists.get(next(iter(me.lists.list())).id).items) > 0)
    check('there are contributions', next(iter(me.contributions.list())).id > 0)
    check('there are submissions', next(iter(me.submissions.artists.list())).id > 0)
    me.update(location='Akureyri')


def sell(client):
    market = client.marketplace
    check('a fee is told', market.fee.get(price=10, currency='EUR').currency == 'EUR')
    made = market.listings.create(release_id=RELEASE, condition='Mint (M)', price=12.5, status='Draft')
    market.listings.update(
        made.listing_id, release_id=RELEASE, condition='Mint (M)', price=13.5, status='Draft'
    )
    check('a listing is changed', market.listings.get(made.listing_id).price.value == 13.5)
    market.listings.delete(made.listing_id)
    check('an inventory is read', next(iter(client.users.get(USER).inventory.list())).id > 0)
    order = next(iter(market.orders.list()))
    market.orders.get(order.id).messages.create(message='from a client')
    messages = market.orders.get(order.id).messages.list()
    check('an order has messages', 'from a client' in [one.message for one in messages])
    check('an export is begun', client.exports.request() > 0)
    check('a file is downloaded', b'listing_id' in client.exports.download(599632))
    file = Path(os.environ['HOME'], 'offer.csv')
    file.write_text('release_id,price,media_condition\r\n249504,9.50,Mint (M)\r\n')
    upload = client.uploads.create(file=file)
    check('an upload is followed', client.uploads.get(upload).type == 'add')


with Discogs(token=os.environ['CLIENT_KEY'], base_url=os.environ['GATEWAY_URL'], max_retries=0) as discogs:
    read_database(discogs)
    use_collection(discogs)
    sell(discogs)
    try:
        check('an unknown release is an error', discogs.releases.get(999999998).title is None)
    except NotFoundError as error:
        check('an unknown release is an error with a message', 'does not exist' in str(error))
