using System.Text.Json;
using Rectify.Proof;

namespace Rectify.Verify;

/// <summary>Checks what a public page says, and its photos, against the entries that carry their hashes. Only what the download holds: not the web page itself.</summary>
/// <remarks>Source: docs/formats/closure.md, docs/formats/public.md.</remarks>
internal static class CheckPage
{
    private const int LongestPage = 16 * 1024 * 1024;
    private const int HashLength = 64;
    private const string PublishedType = "portal.item-published";
    private const string PictureType = "portal.picture-made";

    /// <param name="earlier">The entries before about the same subject, as far as they hold together.</param>
    public static void Say(string folder, JournalLeaf leaf, IReadOnlyList<JournalLeaf> earlier, Verdict verdict)
    {
        var closing = ItemClosing.Of([.. earlier, leaf]);
        if (closing is { On: { } day })
        {
            verdict.Proved("closing.on", day, closing.Number);
        }

        if (closing is { ReopenedOn: { } again })
        {
            verdict.Proved("closing.reopened", again, closing.ReopenedNumber);
        }

        if (leaf.Type != PublishedType)
        {
            return;
        }

        using var data = JsonDocument.Parse(leaf.Data);
        if (data.RootElement.TryGetProperty("hash", out var hash) && Text(hash)?.Length != HashLength)
        {
            verdict.Unreadable("file.malformed", "leaf.json");
            return;
        }

        var path = Path.Combine(folder, "page.json");
        if (!File.Exists(path))
        {
            verdict.NotProved("page.absent");
        }
        else if (Download.Take(path, LongestPage, verdict) is { } page)
        {
            SayPage(folder, page, hash.ValueKind is JsonValueKind.String ? hash.GetString() : null, leaf, closing, earlier, verdict);
        }
    }

    private static void SayPage(string folder, byte[] page, string? known, JournalLeaf leaf, ItemClosing closing, IReadOnlyList<JournalLeaf> earlier, Verdict verdict)
    {
        if (known != Convert.ToHexStringLower(Digests.Sha256.Hash(page)))
        {
            verdict.Contradicted("page.other");
            return;
        }

        if (ShownPage.Read(page) is not { } shown)
        {
            verdict.Unreadable("file.malformed", "page.json");
            return;
        }

        verdict.Proved("page.same", Download.Time(leaf.At));
        verdict.Proved("page.heading", shown.Number, shown.Title);
        if (shown.ClosedOn is { Length: > 0 } says && says != closing.On)
        {
            verdict.NotProved("page.closing", says);
        }

        SayPictures(folder, shown.Pictures, earlier, verdict);
        verdict.NotProved("page.web");
    }

    // Each photo of the page against the entry that says it was made. One that was exchanged is named.
    private static void SayPictures(string folder, IReadOnlyList<ShownPicture> pictures, IReadOnlyList<JournalLeaf> earlier, Verdict verdict)
    {
        var known = earlier.Where(one => one.Type == PictureType).Select(PictureMade).ToList();
        foreach (var picture in pictures)
        {
            var path = Path.Combine(folder, "pictures", $"{picture.Name}.webp");
            var made = known.Find(one => one.Name == picture.Name && one.Hash is not null).Hash;
            if (picture.Name != Path.GetFileName(picture.Name) || made is null || !File.Exists(path))
            {
                verdict.NotProved("picture.absent", picture.Alt);
            }
            else if (Hash(path) is not { } hash)
            {
                verdict.Unreadable("file.malformed", path);
            }
            else if (hash == made)
            {
                verdict.Proved("picture.same", picture.Alt);
            }
            else
            {
                verdict.Contradicted("picture.other", picture.Alt);
            }
        }

        // A photo that lies beside them and that the page does not name.
        var folderOfPictures = new DirectoryInfo(Path.Combine(folder, "pictures"));
        var named = pictures.Select(one => $"{one.Name}.webp").ToHashSet();
        if (folderOfPictures.Exists && folderOfPictures.EnumerateFiles().Count(file => !named.Contains(file.Name)) is > 0 and var more)
        {
            verdict.NotProved("picture.unnamed", more);
        }
    }

    private static (string? Name, string? Hash) PictureMade(JournalLeaf leaf)
    {
        using var data = JsonDocument.Parse(leaf.Data);
        return (Member(data.RootElement, "name"), Member(data.RootElement, "hash"));
    }

    private static string? Hash(string path)
    {
        try
        {
            using var content = File.OpenRead(path);
            return Convert.ToHexStringLower(Digests.Sha256.Hash(content));
        }
        catch (Exception no) when (no is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string? Member(JsonElement element, string name) => element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var one) ? Text(one) : null;

    // A value of another kind, or letters that are none, as half a surrogate pair: no text.
    private static string? Text(JsonElement element)
    {
        try
        {
            return element.ValueKind is JsonValueKind.String ? element.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>What <c>page.json</c> says, as far as it is looked at.</summary>
    private sealed record ShownPage(string Number, string Title, string? ClosedOn, IReadOnlyList<ShownPicture> Pictures)
    {
        /// <returns><see langword="null"/> if it is not a page.</returns>
        public static ShownPage? Read(byte[] file)
        {
            try
            {
                using var json = JsonDocument.Parse(file);
                var root = json.RootElement;
                var pictures = root.ValueKind is JsonValueKind.Object && root.TryGetProperty("pictures", out var list)
                    ? list.ValueKind is JsonValueKind.Array ? list.EnumerateArray().Select(ShownPicture.Read).ToList() : null
                    : [];
                return Member(root, "number") is { } number && Member(root, "title") is { } title && pictures is not null && !pictures.Contains(null)
                    ? new(number, title, Member(root, "closedOn"), pictures!)
                    : null;
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }

    private sealed record ShownPicture(string Name, string Alt)
    {
        public static ShownPicture? Read(JsonElement picture) => Member(picture, "name") is { } name && Member(picture, "alt") is { } alt ? new(name, alt) : null;
    }
}
