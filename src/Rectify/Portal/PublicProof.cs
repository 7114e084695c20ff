using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Rectify.Closure;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Files;
using Rectify.Platform.Journal;
using Rectify.Platform.Text;
using Rectify.Proof;
using Rectify.Publishing;

namespace Rectify.Portal;

/// <summary>What shows that a public page is what the journal says: the entry of its publication, proved, with all earlier entries about the item, its closing among them.</summary>
public sealed class PublicProof(Db db, ProveEntry prove, FileStore files, IWebHostEnvironment site)
{
    // The entry's fields that are on the page anyhow. What was masked stands in others, and is never shown.
    private static readonly HashSet<(string Record, string Field)> Shown =
    [
        (nameof(Publication), nameof(Publication.State)), (nameof(Publication), nameof(Publication.No)), (nameof(Publication), nameof(Publication.PublishedAt)), (nameof(Publication), nameof(Publication.ChangedAt)),
        (nameof(Publication), nameof(Publication.ClosedOn)), (nameof(PublicationVersion), nameof(PublicationVersion.Act)), (nameof(PublicationVersion), nameof(PublicationVersion.Hash)), (nameof(PublicationVersion), nameof(PublicationVersion.Remark)),
    ];

    /// <summary>Whether this product publishes its journal, so that there are proofs.</summary>
    public bool IsPublished => prove.IsPublished;

    /// <param name="one">From a public door.</param>
    /// <returns><see langword="null"/> where it is withdrawn, not countersigned yet, or the published journal cannot be read now.</returns>
    public async Task<EntryProof?> ReadAsync(Publication one, CancellationToken ct) =>
        one.State is PublicationState.Published && await EntryAsync(one, ct) is { } entry ? await prove.TryRunAsync(entry, ct) : null;

    /// <summary>When the entry was made, as it says itself, and whose signatures stand under it.</summary>
    public static RegisteredEntry About(EntryProof proof)
    {
        var policy = WitnessPolicy.Parse(proof.Policy);
        return new(
            JournalLeaf.Read(proof.Leaf)!.At,
            [.. proof.Proof.Check(proof.Hash, policy).Policy.Witnesses.Select(witness => witness.Key.Name)],
            policy.Witnesses.Count);
    }

    /// <summary>The key with which the journal signs, as it is printed.</summary>
    public static string KeyOf(EntryProof proof) => WitnessPolicy.Parse(proof.Policy).Logs[0].Key.ToString();

    /// <summary>The proof as a file that checks itself: <c>verify.html</c> in it works without a network. Source: docs/formats/closure.md.</summary>
    public async Task<byte[]> PackAsync(Publication one, EntryProof proof, CancellationToken ct)
    {
        var entry = await EntryAsync(one, ct) ?? throw Refusal.NotFound("publication", one.PublicId);
        var openings = await prove.OpenAsync(entry, opening => Shown.Contains((opening.Record, opening.Field)), [], ct);
        List<(string Name, byte[] Bytes)> beside = [("page.json", Encoding.UTF8.GetBytes(one.Content)), ("verify.html", Encoding.UTF8.GetBytes(OfflinePage.Of(Script())))];
        foreach (var picture in await db.PublicPictures().Where(picture => picture.ItemId == one.ItemId).ToListAsync(ct))
        {
            if (files.Exists(picture.Hash))
            {
                await using var content = files.Open(picture.Hash);
                using var bytes = new MemoryStream();
                await content.CopyToAsync(bytes, ct);
                beside.Add(($"pictures/{picture.Name}.webp", bytes.ToArray()));
            }
        }

        using var zip = new MemoryStream();
        await ProofPackage.WriteAsync(zip, proof, openings, [], ct, beside, await SignedAsync(proof, ct));
        return zip.ToArray();
    }

    // The act that closed the item, as the item's own entry names it: signed step by step in the closure's own chain.
    private async Task<EntryProof?> SignedAsync(EntryProof proof, CancellationToken ct) =>
        ItemClosing.Of(proof.Chain.Append(proof.Leaf).Select(entry => JournalLeaf.Read(entry)).OfType<JournalLeaf>()) is { Act: { } act }
            && await prove.RunAsync(JournalBytes.Id(act), ct) is { } signed && JournalLeaf.Read(signed.Leaf)!.Type == ClosureActDone.Name
            ? signed
            : null;

    private Task<Guid?> EntryAsync(Publication one, CancellationToken ct) =>
        db.Journal.AsNoTracking().Where(row => row.Subject == one.ItemId && row.Kind == ItemPublished.Name).OrderByDescending(row => row.N).Select(row => (Guid?)row.EntryId).FirstOrDefaultAsync(ct);

    private string Script()
    {
        using var script = new StreamReader(site.WebRootFileProvider.GetFileInfo("js/verify.js").CreateReadStream());
        return script.ReadToEnd();
    }
}

/// <summary>What a page says of an entry that it proves.</summary>
/// <param name="Witnesses">The names of those that countersigned.</param>
/// <param name="Named">How many witnesses the policy names.</param>
public sealed record RegisteredEntry(DateTimeOffset At, IReadOnlyList<string> Witnesses, int Named);

/// <summary>The words of the checker in Chinese and English, and the page of a package that checks it without a network.</summary>
internal static class OfflinePage
{
    private static readonly string[] Keys = [.. Resources.KeysOf("verify.")];

    /// <summary>Both languages of each text, for <c>verify.js</c>.</summary>
    public static string Texts { get; } = JsonSerializer.Serialize( // the usual encoder writes < and & as escapes: nothing ends the element early
        Keys.ToDictionary(key => key["verify.".Length..], key => new { zh = Chinese[key], en = English[key] }), JsonSerializerOptions.Web);

    private static Words Chinese => Words.In(Language.Default);

    private static Words English => Words.In(Language.Find("en")!);

    public static string Of(string script)
    {
        static string Both(string key) => $"{Html(Chinese[$"verify.page.{key}"])}<br><span class=\"sub\" lang=\"en\">{Html(English[$"verify.page.{key}"])}</span>";
        return $$"""
            <!DOCTYPE html>
            <html lang="{{Language.Default.Tag}}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
            <title>{{Html(Chinese["verify.page.title"])}}</title>
            <style>body{font:16px/1.75 system-ui,"Microsoft YaHei",sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1a2530}h1{font-size:1.5rem}.sub{color:#46535f;font-size:.875rem}label{display:block;font-weight:600;margin-top:1rem}textarea{width:100%;font:14px/1.4 monospace}button{margin-top:1rem;font:inherit;padding:.25rem 1rem}.note{border:1px solid;border-inline-start-width:6px;border-radius:4px;padding:.75rem 1rem}.note-ok{border-color:#0f6b45;background:#dcefe4}.note-warn{border-color:#a86a00;background:#fff3d6}.note-stop{border-color:#b3261e;background:#fbe4e2}li{margin:.5rem 0;overflow-wrap:anywhere}pre{white-space:pre-wrap;overflow-wrap:anywhere}</style></head><body>
            <h1>{{Both("title")}}</h1>
            <p>{{Both("offline")}}</p>
            <noscript><p>{{Both("noscript")}}</p></noscript>
            <section id="verify" hidden><form>
            <label for="verify-file">{{Both("file")}}</label><input type="file" id="verify-file" accept=".zip" required>
            <label for="verify-key">{{Both("key")}}</label><textarea id="verify-key" rows="3" spellcheck="false" autocomplete="off"></textarea>
            <p id="verify-paper" hidden>{{Both("paper")}}</p>
            <button>{{Both("do")}}</button></form>
            <div id="verify-result" role="status"></div></section>
            <script type="application/json" id="verify-words">{{Texts}}</script>
            <script>
            {{script}}
            </script></body></html>

            """;
    }

    private static string Html(string text) => System.Net.WebUtility.HtmlEncode(text);
}
