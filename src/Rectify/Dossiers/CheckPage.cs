using System.Net;
using System.Text.Json;
using Rectify.Platform.Files;
using Rectify.Platform.Text;
using Rectify.Tasks;

namespace Rectify.Dossiers;

/// <summary>The page of a package that compares unpacked files with the catalogue in it: opened from the folder, without a server.</summary>
internal static class CheckPage
{
    private static readonly string[] Said = ["ok", "bad", "gone", "extra", "was-missing", "was-altered", "verdict-ok", "verdict-bad", "working"];

    public static string Of(Words words, Item item, IReadOnlyList<(string Path, KeptFile File)> sums, IReadOnlyList<PackedFile> packed)
    {
        var states = packed.ToDictionary(one => one.Path, one => one.State);
        var data = JsonSerializer.Serialize( // the usual encoder writes < and & as escapes: nothing ends the element early
            new
            {
                files = sums.Select(one => new { path = one.Path, size = one.File.Size, sha256 = one.File.Sha256, state = states.GetValueOrDefault(one.Path).ToString() }),
                texts = Said.ToDictionary(key => key, key => words[$"dossier.check.{key}"]),
            },
            JsonSerializerOptions.Web);
        string Text(string key) => WebUtility.HtmlEncode(words[$"dossier.check.{key}"]);
        return $"""
            <!DOCTYPE html>
            <html lang="{words.Language.Tag}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
            <title>{WebUtility.HtmlEncode(words["dossier.check.title", words.Heading(item)])}</title>
            <style>{DossierCatalogue.Style}#drop{"{"}border:2px dashed #7a8797;padding:1.5rem;margin:1rem 0{"}"}</style></head><body>
            <h1>{WebUtility.HtmlEncode(words["dossier.check.title", words.Heading(item)])}</h1>
            <p>{Text("what")}</p>
            <div id="drop"><label for="folder">{Text("drop")}</label> <input type="file" id="folder" webkitdirectory multiple></div>
            <p id="verdict" role="status"></p>
            <div class="wide"><table><thead><tr><th scope="col">{Text("file")}</th><th scope="col">{Text("result")}</th><th scope="col">SHA-256</th></tr></thead><tbody id="rows"></tbody></table></div>
            <noscript>{Text("noscript")}</noscript>
            <script type="application/json" id="data">{data}</script>
            <script>
            {Script}
            </script></body></html>

            """;
    }

    // Small files by WebCrypto, which takes a file as a whole; large ones piece by piece by the algorithm itself (FIPS 180-4).
    private const string Script = """
        'use strict';
        const { files, texts } = JSON.parse(document.getElementById('data').textContent);
        const wanted = new Map(files.map(file => [file.path.normalize('NFC'), file]));
        const self = decodeURIComponent(location.pathname.split('/').pop()).normalize('NFC'); // a page cannot hold its own hash
        const rows = document.getElementById('rows'), verdict = document.getElementById('verdict'), drop = document.getElementById('drop');
        const hex = bytes => Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
        const primes = []; for (let n = 2; primes.length < 64; n++) if (primes.every(p => n % p)) primes.push(n);
        // The constants by whole numbers: doubles are not exact enough for all of them.
        const rootBits = (n, power) => { let low = 0n, high = 1n << 40n; const target = BigInt(n) << BigInt(32 * power);
          while (high - low > 1n) { const middle = (low + high) >> 1n; if (middle ** BigInt(power) <= target) low = middle; else high = middle; }
          return Number(low & 0xffffffffn); };
        const K = Uint32Array.from(primes, p => rootBits(p, 3));
        async function large(file) {
          const h = Uint32Array.from(primes.slice(0, 8), p => rootBits(p, 2)), w = new Uint32Array(64), block = new Uint8Array(64), view = new DataView(block.buffer);
          let filled = 0;
          const turn = (x, n) => x >>> n | x << 32 - n;
          const mix = () => {
            for (let i = 0; i < 16; i++) w[i] = view.getUint32(4 * i);
            for (let i = 16; i < 64; i++) w[i] = w[i - 16] + (turn(w[i - 15], 7) ^ turn(w[i - 15], 18) ^ w[i - 15] >>> 3) + w[i - 7] + (turn(w[i - 2], 17) ^ turn(w[i - 2], 19) ^ w[i - 2] >>> 10);
            let [a, b, c, d, e, f, g, k] = h;
            for (let i = 0; i < 64; i++) {
              const t = k + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + (e & f ^ ~e & g) + K[i] + w[i] | 0, u = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + (a & b ^ a & c ^ b & c) | 0;
              k = g; g = f; f = e; e = d + t | 0; d = c; c = b; b = a; a = t + u | 0;
            }
            [a, b, c, d, e, f, g, k].forEach((value, i) => { h[i] += value; });
          };
          const take = bytes => { for (let at = 0; at < bytes.length;) { const n = Math.min(64 - filled, bytes.length - at); block.set(bytes.subarray(at, at + n), filled); filled += n; at += n; if (filled === 64) { mix(); filled = 0; } } };
          for (const reader = file.stream().getReader();;) { const { done, value } = await reader.read(); if (done) break; take(value); }
          const end = new Uint8Array((filled < 56 ? 56 : 120) - filled + 8); end[0] = 128; new DataView(end.buffer).setBigUint64(end.length - 8, BigInt(file.size) * 8n); take(end);
          const out = new DataView(new ArrayBuffer(32)); h.forEach((value, i) => out.setUint32(4 * i, value));
          return hex(new Uint8Array(out.buffer));
        }
        const sha256 = async file => globalThis.crypto?.subtle && file.size <= 33554432 ? hex(new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()))) : large(file);
        const place = path => { const parts = path.normalize('NFC').split('/').filter(Boolean);
          for (let i = 0; i < parts.length; i++) { const rest = parts.slice(i).join('/'); if (wanted.has(rest)) return rest; } return null; };
        function row(path, good, text, hash) {
          const tr = rows.insertRow(); tr.dataset.ok = good;
          for (const [value, style] of [[path, ''], [text, good ? 'ok' : 'bad'], [hash, 'hash']]) { const td = tr.insertCell(); td.textContent = value; td.className = style; }
        }
        async function check(given) {
          rows.replaceChildren(); verdict.textContent = texts.working; verdict.className = ''; delete verdict.dataset.result;
          const found = new Map(), extra = [];
          for (const [path, file] of given) { const at = place(path); if (at) found.set(at, file); else extra.push(path); }
          let bad = 0;
          for (const [path, entry] of wanted) {
            const file = found.get(path);
            const hash = file ? file.size === entry.size ? await sha256(file).catch(() => '') : '' : '';
            const good = hash === entry.sha256;
            if (!good) bad++;
            const note = entry.state === 'Missing' ? texts['was-missing'] : entry.state === 'Altered' ? texts['was-altered'] : '';
            row(path, good, (good ? texts.ok : file ? texts.bad : texts.gone) + note, entry.sha256);
          }
          for (const path of extra) if (!['SHA256SUMS', 'SM3SUMS', self].includes(path.split('/').pop())) { row(path, false, texts.extra, ''); bad++; }
          verdict.textContent = bad ? texts['verdict-bad'].replace('{0}', bad) : texts['verdict-ok'].replace('{0}', wanted.size);
          verdict.className = bad ? 'bad' : 'ok'; verdict.dataset.result = bad ? 'bad' : 'ok';
        }
        document.getElementById('folder').addEventListener('change', event => check([...event.target.files].map(file => [file.webkitRelativePath || file.name, file])));
        async function walk(entry, path, all) {
          if (entry.isFile) { all.push([path + entry.name, await new Promise((yes, no) => entry.file(yes, no))]); return; }
          const reader = entry.createReader();
          for (;;) { const some = await new Promise((yes, no) => reader.readEntries(yes, no)); if (!some.length) return; for (const one of some) await walk(one, path + entry.name + '/', all); }
        }
        addEventListener('dragover', event => event.preventDefault());
        addEventListener('drop', async event => { event.preventDefault(); const entries = [...event.dataTransfer.items].map(item => item.webkitGetAsEntry()).filter(Boolean), all = []; for (const entry of entries) await walk(entry, '', all); check(all); });
        """;
}
