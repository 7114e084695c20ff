// Checks a proof with sigstore's verifier: node verify.mjs LEAF PROOF KEY
// What is ours here is only taking the files apart; path and signature are checked by @sigstore/verify.
import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const folder = new URL('node_modules/@sigstore/verify/dist/tlog/', import.meta.url).pathname;
const require = createRequire(import.meta.url);
const { verifyMerkleInclusion } = require(`${folder}merkle.js`);
const { verifyCheckpoint } = require(`${folder}checkpoint.js`);

const [leaf, proof, key] = process.argv.slice(2);
const text = readFileSync(proof, 'utf8');
const end = text.indexOf('\n\n');
const [header, ...lines] = text.slice(0, end).split('\n');
if (header !== 'c2sp.org/tlog-proof@v1') {
  throw new Error(header);
}

const place = lines.findIndex((line) => line.startsWith('index '));
const entry = {
  canonicalizedBody: readFileSync(leaf),
  inclusionProof: {
    logIndex: lines[place].slice('index '.length),
    hashes: lines.slice(place + 1).map((line) => Buffer.from(line, 'base64')),
    checkpoint: { envelope: text.slice(end + 2) },
  },
};

// name+id+key, where the key may have a plus of its own.
const [, name, id, base64] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(key);
const raw = Buffer.from(base64, 'base64').subarray(1);
const log = {
  logID: Buffer.from(id, 'hex'),
  baseURL: name,
  publicKey: createPublicKey({ key: Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), raw]), format: 'der', type: 'spki' }),
};
const checkpoint = verifyCheckpoint(entry, [log]);
verifyMerkleInclusion(entry, checkpoint);
console.log(`good: ${entry.inclusionProof.logIndex} of ${checkpoint.logSize}`);
