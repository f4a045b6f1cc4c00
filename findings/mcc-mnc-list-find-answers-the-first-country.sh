#!/usr/bin/env bash
# mcc-mnc-list 1.1.11 (npm): `find` answers one country for a network that serves several, and it is not the network's own.
#
# Expected: asked for 310-260 (T-Mobile US), a list of mobile networks answers the country that the mobile country code
#   belongs to: 310 is the United States, 270 is Luxembourg (ITU-T E.212, operational bulletin).
# Seen: the list has one row per country that a network serves, sorted by the country's name, and `find` gives the first:
#   310-260 is Puerto Rico and 270-77 is Belgium (a row whose note says "Uses Luxembourg MCC"). 38 codes stand in more than
#   one country. Who builds a map by code gets the last row instead: for 310-260 the US Virgin Islands.
# So: a rating zone that is looked up by `find` or by a map prices a day in Luxembourg as one in Belgium. All rows of a code
#   have to be read, and the code's own country has to be chosen by hand.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund mcc-mnc-list@1.1.11
cat >see.cjs <<'JS'
const assert = require('node:assert/strict');
const list = require('mcc-mnc-list');

const countriesOf = new Map();
for (const { mcc, mnc, countryCode } of list.all()) {
  const code = `${mcc}-${mnc}`;
  countriesOf.set(code, [...new Set([...(countriesOf.get(code) ?? []), countryCode])]);
}
const shared = [...countriesOf].filter(([, countries]) => countries.length > 1);
console.log(`find 310260: ${list.find({ mccmnc: '310260' }).countryCode}, rows: ${countriesOf.get('310-260')}`);
console.log(`find 27077: ${list.find({ mccmnc: '27077' }).countryCode}, rows: ${countriesOf.get('270-77')}`);
console.log(`codes in several countries: ${shared.length}`);

assert.equal(list.find({ mccmnc: '310260' }).countryCode, 'PR');
assert.deepEqual(countriesOf.get('310-260'), ['PR', 'US', 'VI']);
assert.equal(list.find({ mccmnc: '27077' }).countryCode, 'BE');
assert.equal(list.find({ mccmnc: '27077' }).notes, 'Uses Luxembourg MCC');
assert.equal(shared.length, 38);
JS
node see.cjs
