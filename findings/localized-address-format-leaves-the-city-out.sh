#!/usr/bin/env bash
# localized-address-format 1.3.3 (npm): parts of an address that a country's format does not name are left out without a word.
#
# Expected: what is handed over as city, region or postal code is on the label, or the caller is told. Ghana has had
#   postal codes since 2017 (GhanaPost GPS, "GA-183-8164"), and the United Arab Emirates have no provinces in an address
#   that names a city: "Dubai" is both.
# Seen: a country without a row of its own (Ghana, Bolivia, Qatar, ...) has the format of the row ZZ: name, organisation,
#   street, city. A postal code or region is dropped. The row of the Emirates names the region only, so that an address
#   with the city "Dubai" and no region ends after the street. Nothing in the answer shows that something is missing.
# So: a bill by post to such an address goes out without its city or its postal code. Compare what went in with what came
#   out, and print the rest on lines of its own.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund localized-address-format@1.3.3
cat >see.cjs <<'JS'
const assert = require('node:assert/strict');
const { formatAddress } = require('localized-address-format');

const accra = formatAddress({
  postalCountry: 'GH', name: 'Ama Example', addressLines: ['5 Example Street'],
  locality: 'Accra', administrativeArea: 'Greater Accra', postalCode: 'GA-183-8164',
});
const dubai = formatAddress({
  postalCountry: 'AE', name: 'Ama Example', addressLines: ['5 Example Street'], locality: 'Dubai',
});
console.log('Ghana:', accra.join(' | '));
console.log('Emirates:', dubai.join(' | '));

assert.deepEqual(accra, ['Ama Example', '5 Example Street', 'Accra']);
assert.deepEqual(dubai, ['Ama Example', '5 Example Street']);
JS
node see.cjs
