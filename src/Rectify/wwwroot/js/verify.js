// Checks the proof of a published page in the reader's own browser: nothing is asked of the server but the files to check. A plain script, so that it also runs
// from a file on a computer without a network. What it checks, in the order of docs/formats/closure.md: entry, path, signature, witnesses, chain, page.
(() => {
  "use strict";
  const area = document.getElementById("verify");
  if (!area) { return; }

  const words = JSON.parse(document.getElementById("verify-words").textContent);
  const encoder = new TextEncoder(), decoder = new TextDecoder("utf-8", { fatal: true });
  const mostFiles = 5000, mostBytes = 512 * 1024 * 1024, tooLarge = Symbol("too large"); // all of it is held in memory

  // ------------------------------------------------------------------------------------------------------------------ bytes
  const sha256 = async (...parts) => new Uint8Array(await crypto.subtle.digest("SHA-256", join(...parts)));
  const join = (...parts) => {
    const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
    parts.reduce((at, part) => (whole.set(part, at), at + part.length), 0);
    return whole;
  };
  const hex = bytes => [...bytes].map(byte => byte.toString(16).padStart(2, "0")).join("");
  const same = (one, other) => one.length === other.length && one.every((byte, i) => byte === other[i]);
  const base64 = (text, size) => {
    if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) { return null; }
    const bytes = Uint8Array.from(atob(text), char => char.charCodeAt(0));
    const again = btoa(String.fromCharCode(...bytes)); // stray bits behind the last byte are refused
    return again === text && (size === undefined || bytes.length === size) ? bytes : null;
  };
  const base64url = (text, size) => /^[A-Za-z0-9_-]*$/.test(text) ? base64(text.replace(/-/g, "+").replace(/_/g, "/") + "=".repeat((4 - text.length % 4) % 4), size) : null;
  const text = bytes => { try { return decoder.decode(bytes); } catch { return null; } };

  // ------------------------------------------------------------------------------------------------------------------ ZIP
  async function unzip(bytes) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), files = new Map();
    let end = bytes.length - 22;
    while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) { end--; }
    if (end < 0) { return null; }
    const count = view.getUint16(end + 10, true);
    let at = view.getUint32(end + 16, true), total = 0;
    if (count > mostFiles) { return tooLarge; }
    for (let i = 0; i < count; i++) {
      if (view.getUint32(at, true) !== 0x02014b50) { return null; }
      const method = view.getUint16(at + 10, true), packed = view.getUint32(at + 20, true), size = view.getUint32(at + 24, true);
      const [nameLength, extra, remark] = [28, 30, 32].map(offset => view.getUint16(at + offset, true));
      const name = text(bytes.subarray(at + 46, at + 46 + nameLength)), local = view.getUint32(at + 42, true);
      const from = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
      const raw = bytes.subarray(from, from + packed);
      total += size;
      if (name === null || files.has(name) || raw.length !== packed) { return null; }
      if (total > mostBytes) { return tooLarge; }
      const content = method === 0 ? raw : method === 8 ? await inflate(raw, size) : null;
      if (content === null || content.length !== size) { return null; }
      files.set(name, content);
      at += 46 + nameLength + extra + remark;
    }

    return files;
  }

  async function inflate(raw, size) {
    const reader = new Blob([raw]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader(), parts = [];
    for (let length = 0; ;) {
      const { done, value } = await reader.read();
      if (done) { return join(...parts); }
      length += value.length;
      if (length > size) { await reader.cancel(); return null; } // says to be smaller than it is
      parts.push(value);
    }
  }

  // ------------------------------------------------------------------------------------------------------------------ formats
  // Source: docs/formats/journal.md, "Entry".
  function readLeaf(bytes) {
    const said = text(bytes);
    if (said === null || bytes.length > 65535) { return null; }
    let leaf;
    try { leaf = JSON.parse(said); } catch { return null; }
    const right = leaf && leaf.v === 1 && [leaf.type, leaf.id, leaf.subject, leaf.prev, leaf.ts].every(part => typeof part === "string")
      && Array.isArray(leaf.alg) && leaf.alg[0] === "sha256" && leaf.alg.every(id => id === "sha256" || id === "sm3") // an unknown digest is refused
      && Number.isInteger(leaf.n) && leaf.n > 0 && (leaf.n === 1 ? leaf.prev === "" : base64url(leaf.prev, 32) !== null);
    return right ? leaf : null;
  }

  // Source: docs/formats/notes.md, "Note": text, an empty line, signature lines.
  function readNote(said) {
    const cut = said.lastIndexOf("\n\n");
    if (cut < 0 || !said.endsWith("\n")) { return null; }
    const signatures = said.slice(cut + 2, -1).split("\n").map(line => {
      const parts = line.split(" ");
      const bytes = parts.length === 3 && parts[0] === "\u2014" ? base64(parts[2]) : null;
      return bytes && bytes.length > 4 ? { name: parts[1], id: hex(bytes.slice(0, 4)), value: bytes.slice(4) } : null;
    });
    return signatures.length > 0 && signatures.length <= 64 && signatures.every(one => one) ? { text: said.slice(0, cut + 1), signatures } : null;
  }

  function readCheckpoint(note) {
    const lines = note.text.split("\n");
    const root = lines.length >= 4 && /^(0|[1-9][0-9]{0,14})$/.test(lines[1]) ? base64(lines[2], 32) : null;
    return root && lines[0] ? { origin: lines[0], size: Number(lines[1]), root } : null;
  }

  // Source: docs/formats/published-journal.md, "Proof of one entry".
  function readProof(bytes) {
    const said = text(bytes), cut = said === null ? -1 : said.indexOf("\n\n");
    if (cut < 0) { return null; }
    let [head, ...lines] = said.slice(0, cut).split("\n");
    if (lines[0] && lines[0].startsWith("extra ")) { lines = lines.slice(1); }
    const place = /^index (0|[1-9][0-9]{0,14})$/.exec(lines[0] || ""), path = lines.slice(1).map(line => base64(line, 32));
    const note = readNote(said.slice(cut + 2)), checkpoint = note && readCheckpoint(note);
    return head === "c2sp.org/tlog-proof@v1" && place && path.length <= 63 && path.every(hash => hash) && checkpoint ? { index: Number(place[1]), path, note, checkpoint } : null;
  }

  // Only the first two plus signs part: base64 may have its own.
  async function readKey(said) {
    const match = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(said.trim()), bytes = match && base64(match[3]);
    if (!bytes || !((bytes[0] === 1 || bytes[0] === 4) && bytes.length === 33)) { return null; }
    return hex((await sha256(encoder.encode(match[1] + "\n"), bytes)).slice(0, 4)) === match[2] ? { name: match[1], id: match[2], witness: bytes[0] === 4, raw: bytes.slice(1), said: said.trim() } : null;
  }

  // A policy file, or the key of the journal alone. Source: docs/formats/notes.md, "Policy".
  async function readTrust(said) {
    const trust = { logs: [], witnesses: new Map(), groups: new Map(), quorum: null }, taken = new Set(), alone = await readKey(said);
    if (alone) { return alone.witness ? null : { ...trust, logs: [alone] }; }
    for (const line of said.split("\n").map(line => line.trim()).filter(line => line && !line.startsWith("#"))) {
      const [kind, name, ...rest] = line.split(/[ \t]+/), key = kind === "log" ? await readKey(name) : kind === "witness" ? await readKey(rest[0] || "") : null;
      const isFree = name !== "none" && !trust.witnesses.has(name) && !trust.groups.has(name);
      const isKnown = one => trust.witnesses.has(one) || trust.groups.has(one);
      if (kind === "log") { if (key && !key.witness) { trust.logs.push(key); } else if (key) { return null; } } // keys of other kinds are passed over: SM2 is not in browsers
      else if (kind === "witness" && key && key.witness && isFree && ![...trust.witnesses.values()].some(one => one.said === key.said)) { trust.witnesses.set(name, key); }
      else if (kind === "group" && rest.length > 1 && isFree) {
        // Members stand before their group, each in one group alone: else one witness would count in two ways.
        const of = rest.slice(1), need = rest[0] === "all" ? of.length : rest[0] === "any" ? 1 : /^[1-9][0-9]{0,3}$/.test(rest[0]) ? Number(rest[0]) : 0;
        if (need < 1 || need > of.length || !of.every(one => isKnown(one) && !taken.has(one)) || new Set(of).size !== of.length) { return null; }
        of.forEach(one => taken.add(one));
        trust.groups.set(name, { need, members: of });
      }
      else if (kind === "quorum" && trust.quorum === null && (name === "none" || isKnown(name))) { trust.quorum = name; }
      else { return null; }
    }

    return trust.logs.length > 0 && trust.quorum !== null ? trust : null;
  }

  // ------------------------------------------------------------------------------------------------------------------ mathematics
  // Source: RFC 9162 §2.1.3.2.
  async function rootFrom(hash, index, size, path) {
    if (index >= size) { return null; }
    let at = BigInt(index), last = BigInt(size) - 1n;
    const node = (one, other) => sha256(Uint8Array.of(1), one, other);
    for (const sibling of path) {
      if (last === 0n) { return null; }
      if ((at & 1n) === 1n || at === last) {
        hash = await node(sibling, hash);
        while ((at & 1n) === 0n && at !== 0n) { at >>= 1n; last >>= 1n; }
      } else {
        hash = await node(hash, sibling);
      }

      at >>= 1n;
      last >>= 1n;
    }

    return last === 0n ? hash : null;
  }

  async function signed(key, bytes, signature) {
    const known = await crypto.subtle.importKey("raw", key.raw, { name: "Ed25519" }, false, ["verify"]);
    return crypto.subtle.verify({ name: "Ed25519" }, known, signature, bytes);
  }

  // ------------------------------------------------------------------------------------------------------------------ the check
  async function check(files, trustText, printed) {
    const lines = { no: [], proved: [], not: [], unreadable: [] };
    const say = (kind, key, ...args) => lines[kind].push({ key, args });
    const entry = files.get("leaf.json"), proofFile = files.get("closure.tlog-proof"), policy = files.get("policy");
    const leaf = entry && readLeaf(entry), proof = proofFile && readProof(proofFile);
    if (!leaf) { say("unreadable", "file", "leaf.json"); }
    if (!proof) { say("unreadable", "file", "closure.tlog-proof"); }
    const own = !trustText.trim(), trust = await readTrust(own ? (policy && text(policy)) || "" : trustText);
    if (!trust) { say("unreadable", own ? "policy" : "key"); }
    const hash = entry && await sha256(Uint8Array.of(0), entry);
    if (leaf && proof && trust) { await checkProof(leaf, hash, proof, trust, say); }
    const closed = leaf ? await checkChain(files, leaf, hash, printed, say) : null;
    if (closed && closed.act) { await checkClosing(files, closed.act, trust, say); }
    const page = leaf ? await checkPage(files, leaf, say) : null;
    if (own && trust) { say("not", "keys.theirs"); }
    say("not", "limit.later");
    say("not", "limit.truth");
    say("not", "limit.silence");
    return { lines, own, leaf, hash, page };
  }

  async function checkProof(leaf, hash, proof, trust, say) {
    const { origin, size, root } = proof.checkpoint, body = encoder.encode(proof.note.text);
    const of = key => proof.note.signatures.filter(one => one.name === key.name && one.id === key.id)[0];
    const logs = trust.logs.filter(key => key.name === origin && of(key));
    if (logs.length === 0) { say("no", "unsigned"); return; }
    for (const key of logs) {
      if (!await signed(key, body, of(key).value)) { say("no", "signature", origin); return; }
    }

    const reached = await rootFrom(hash, proof.index, size, proof.path);
    if (!reached || !same(reached, root)) { say("no", "excluded"); return; }
    say("proved", "included", origin, proof.index + 1, size);
    say("proved", "signed", origin);

    const good = new Set();
    for (const [name, key] of trust.witnesses) {
      const line = of(key);
      if (!line) { continue; }
      const seconds = Number(new DataView(line.value.buffer, line.value.byteOffset, 8).getBigUint64(0));
      if (line.value.length !== 72 || !await signed(key, join(encoder.encode(`cosignature/v1\ntime ${seconds}\n`), body), line.value.slice(8))) { say("no", "witness.wrong", name); return; }
      good.add(name);
      say("proved", "witness", name, new Date(seconds * 1000).toISOString().slice(0, 16).replace("T", " "));
    }

    const met = name => good.has(name) || (trust.groups.has(name) && trust.groups.get(name).members.filter(met).length >= trust.groups.get(name).need);
    if (trust.quorum === null || trust.quorum === "none") { if (good.size === 0) { say("not", "witness.none"); } }
    else if (!met(trust.quorum)) { say("no", "witness.few"); }
  }

  // Each entry names the hash of the one before about the same matter.
  // Returns the last closing that was not taken back.
  async function checkChain(files, leaf, hash, printed, say) {
    const names = [...files.keys()].filter(name => /^chain\/[0-9]{5,}\.json$/.test(name)).sort(), hashes = [];
    let before = null, closed = null, again = null;
    for (const [i, name] of names.entries()) {
      const one = readLeaf(files.get(name)), own = await sha256(Uint8Array.of(0), files.get(name));
      if (!one || one.subject !== leaf.subject || one.n !== i + 1 || (before && !same(base64url(one.prev, 32), before))) { say("no", "chain", i + 1); return null; }
      for (const fact of (one.type === "item.facts-recorded" && one.data && one.data.facts) || []) {
        if (fact.kind === "closed") { closed = { n: one.n, on: fact.on, hash: own, act: one.cause }; again = null; }
        if (fact.kind === "reopened") { again = { n: one.n, on: fact.on }; }
      }

      // What was taken back is not so.
      if (one.type === "item.fact-voided" && one.data && one.data.factKind === "closed" && closed && closed.on === one.data.on) { closed = again = null; }
      if (one.type === "item.fact-voided" && one.data && one.data.factKind === "reopened" && again && again.on === one.data.on) { again = null; }
      hashes.push(hex(own));
      before = own;
    }

    if (leaf.n !== names.length + 1 || (before && !same(base64url(leaf.prev, 32), before))) { say("no", "chain", names.length + 1); return null; }
    say("proved", "whole", leaf.n);
    if (closed) { say("proved", "closing", closed.on, closed.n, hex(closed.hash).slice(0, 16)); }
    if (again) { say("proved", "reopened", again.on, again.n); }
    if (printed) {
      if ([...hashes, hex(hash)].includes(printed)) { say("proved", "printed"); } else { say("no", "printed.other"); }
    }

    return closed;
  }

  // The signed act that closed the item, and the steps before it: entries about the closure, a chain of their own. Source: docs/formats/closure.md, "Closing".
  async function checkClosing(files, act, trust, say) {
    const entry = files.get("closing/leaf.json"), proofFile = files.get("closing/closure.tlog-proof");
    if (!entry || !proofFile || !trust) { say("not", "closing.absent"); return; }
    const leaf = readLeaf(entry), proof = readProof(proofFile), wrong = [], steps = [];
    if (!leaf || !proof) { say("unreadable", "file", "closing/"); return; }
    await checkProof(leaf, await sha256(Uint8Array.of(0), entry), proof, trust, kind => { if (kind === "no") { wrong.push(kind); } });
    const names = [...files.keys()].filter(name => /^closing\/chain\/[0-9]{5,}\.json$/.test(name)).sort();
    let before = null;
    for (const [i, bytes] of [...names.map(name => files.get(name)), entry].entries()) {
      const one = readLeaf(bytes);
      if (!one || one.subject !== leaf.subject || one.n !== i + 1 || (before && !same(base64url(one.prev, 32), before))) { wrong.push("chain"); break; }
      if (one.type === "closure.act-done" && one.data && [one.data.signedHash, one.data.stepKind, one.data.on].every(part => typeof part === "string")) { steps.push(one); }
      before = await sha256(Uint8Array.of(0), bytes);
    }

    // The item's own entry names the act: another closure's steps, however genuine, are not this item's.
    if (leaf.id !== act || leaf.type !== "closure.act-done" || wrong.length > 0) { say("no", "closing.other"); return; }
    say("proved", "closing.signed", proof.index + 1, proof.checkpoint.size, steps.length);
    for (const one of steps) { say("proved", "closing.step", one.n, { word: `step.${one.data.stepKind}` }, one.data.on, one.data.signedHash); }
    say("not", "closing.content");
  }

  // What the page shows is the very text whose hash the entry carries, and its photos those that earlier entries name.
  async function checkPage(files, leaf, say) {
    const page = files.get("page.json");
    if (leaf.type !== "portal.item-published" || !page) { say("not", "page.absent"); return null; }
    if (hex(await sha256(page)) !== (leaf.data && leaf.data.hash)) { say("no", "page"); return null; }
    const shown = readPage(page);
    if (!shown) { say("unreadable", "file", "page.json"); return null; }
    say("proved", "page", leaf.ts.slice(0, 16).replace("T", " "));
    say("not", "page.web");
    const made = [...files.keys()].filter(name => name.startsWith("chain/")).map(name => readLeaf(files.get(name))).filter(one => one && one.type === "portal.picture-made");
    for (const picture of shown.pictures || []) {
      const content = files.get(`pictures/${picture.name}.webp`), known = made.find(one => one.data.name === picture.name);
      if (!content || !known) { say("not", "picture.absent", picture.alt); }
      else if (hex(await sha256(content)) === known.data.hash) { say("proved", "picture", picture.alt); }
      else { say("no", "picture", picture.alt); }
    }

    const more = [...files.keys()].filter(name => name.startsWith("pictures/") && !(shown.pictures || []).some(picture => name === `pictures/${picture.name}.webp`));
    if (more.length > 0) { say("not", "picture.unnamed", more.length); }
    return shown;
  }

  // Source: docs/formats/public.md.
  function readPage(bytes) {
    let page;
    try { page = JSON.parse(text(bytes)); } catch { return null; }
    const pictures = page && (page.pictures === undefined || page.pictures === null ? [] : page.pictures);
    const right = page && typeof page.number === "string" && typeof page.title === "string" && Array.isArray(pictures)
      && pictures.every(one => one && typeof one.name === "string" && typeof one.alt === "string");
    return right ? page : null;
  }

  // ------------------------------------------------------------------------------------------------------------------ the page
  const form = area.querySelector("form"), result = document.getElementById("verify-result");
  const plain = (part, language) => part && part.word ? (Object.hasOwn(words, part.word) ? words[part.word][language] : part.word) : part;
  const fill = (key, args, language) => words[key][language].replace(/\{(\d)\}/g, (_, i) => plain(args[i], language));
  const element = (name, kind, content) => Object.assign(document.createElement(name), { className: kind, textContent: content });
  const both = (key, ...args) => {
    const whole = element("span", "", "");
    whole.append(Object.assign(element("span", "", fill(key, args, "zh")), { lang: "zh-CN" }), document.createElement("br"), Object.assign(element("span", "sub", fill(key, args, "en")), { lang: "en" }));
    return whole;
  };

  function show(verdict, key, lines, page) {
    result.replaceChildren();
    const note = element("p", `note note-${verdict}`, "");
    note.id = "verify-verdict";
    note.append(both(key));
    result.append(note);
    for (const kind of ["no", "unreadable", "proved", "not"]) {
      if (!lines || lines[kind].length === 0) { continue; }
      const head = element("h3", "", ""), list = element("ul", `verify-${kind}`, "");
      head.append(both(`heading.${kind}`));
      for (const line of lines[kind]) {
        const item = element("li", "", "");
        item.append(both(`${kind}.${line.key}`, ...line.args));
        list.append(item);
      }

      result.append(head, list);
    }

    // What was registered, for the reader to compare with the page that they saw.
    if (page) {
      const all = element("details", "", ""), head = element("summary", "", "");
      head.append(both("page.all"));
      all.append(head, element("pre", "code pre", JSON.stringify(page, null, 2)));
      result.append(all);
    }

    result.tabIndex = -1;
    result.focus();
  }

  // What stands on paper comes behind # in the address, which is never sent to the server: k=key, h=hash of the entry.
  const paper = new URLSearchParams(location.hash.slice(1)), keyField = document.getElementById("verify-key"), printed = /^[0-9a-f]{64}$/.test(paper.get("h") || "") ? paper.get("h") : null;
  if (paper.get("k") && !keyField.value) {
    keyField.value = paper.get("k");
    document.getElementById("verify-paper").hidden = false;
  }

  async function run() {
    if (!window.isSecureContext || !crypto.subtle) { show("stop", "result.insecure"); return; }
    const chosen = document.getElementById("verify-file").files[0];
    let bytes;
    try {
      if (chosen && chosen.size > mostBytes) { show("stop", "result.large"); return; }
      if (chosen) { bytes = new Uint8Array(await chosen.arrayBuffer()); }
      else if (area.dataset.source) {
        const answer = await fetch(area.dataset.source, { cache: "no-store" });
        if (!answer.ok) { show("stop", "result.none"); return; }
        bytes = new Uint8Array(await answer.arrayBuffer());
      } else { show("stop", "result.choose"); return; }
    } catch { show("stop", "result.none"); return; }

    let files = null;
    try { files = await unzip(bytes); } catch { /* not a ZIP, or a broken one: said below */ }
    if (!files) { show("stop", "result.zip"); return; }
    if (files === tooLarge) { show("stop", "result.large"); return; }
    let found;
    try { found = await check(files, keyField.value, printed); }
    catch (fault) { show("stop", fault && fault.name === "NotSupportedError" ? "result.old" : "result.zip"); return; }
    const { lines, own, page } = found;
    if (lines.no.length > 0) { show("stop", "result.no", lines, page); }
    else if (lines.unreadable.length > 0) { show("stop", "result.unreadable", lines, page); }
    else if (own) { show("warn", "result.own", lines, page); }
    else { show("ok", "result.yes", lines, page); }
  }

  area.hidden = false;
  form.addEventListener("submit", event => { event.preventDefault(); run(); });
})();
