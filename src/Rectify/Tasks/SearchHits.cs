using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Platform.Search;

namespace Rectify.Tasks;

/// <summary>Where a searched text stands in an item: the field, and the words around the first hit.</summary>
/// <param name="Field">As in <see cref="SearchText.Field"/>; its word is the text under <c>field.</c></param>
/// <param name="Pieces">Pieces in order; those that are hits are marked.</param>
public sealed record SearchHit(Guid ItemId, string Field, IReadOnlyList<(string Text, bool IsHit)> Pieces)
{
    public string Text => string.Concat(Pieces.Select(piece => piece.Text));
}

/// <summary>Names the reason of each hit in a list.</summary>
internal static class SearchHits
{
    /// <summary>Characters shown before the first hit, and in all.</summary>
    private const int Before = 16;

    private const int Longest = 72;

    /// <summary>Reasons shown for one item.</summary>
    private const int Most = 2;

    // The number and the title are read at once; then what a task is about, then the rest.
    private static readonly string[] Order = ["title", "number", "problem", "goal", "measure", "unit", "deadline", "milestone", "person", "fact"];

    /// <summary>The hits in these items, which the reader may see; those that the title shows anyway are left out.</summary>
    public static async Task<ILookup<Guid, SearchHit>> OfAsync(Db db, IReadOnlyList<ItemList.Row> rows, string text, CancellationToken ct)
    {
        var terms = SearchTerms.Of(text);
        var ids = rows.Select(row => row.Id).ToArray();
        var found = new List<(Guid Subject, Guid Part, string Field, string Folded)>();
        foreach (var term in terms)
        {
            found.AddRange((await db.SearchTexts.AsNoTracking()
                    .Where(hit => EF.Parameter(ids).Contains(hit.Subject) && hit.Folded.Contains(term))
                    .Select(hit => new { hit.Subject, hit.Part, hit.Field, hit.Folded }).ToListAsync(ct))
                .Select(hit => (hit.Subject, hit.Part, hit.Field, hit.Folded)));
        }

        var titles = rows.ToDictionary(row => row.Id, row => Bigrams.Fold(row.Title));
        var chosen =
            from hit in found.Distinct()
            group hit by hit.Subject into item
            where !terms.All(term => titles[item.Key].Contains(term, StringComparison.Ordinal))
            from hit in item.OrderByDescending(hit => terms.Count(term => hit.Folded.Contains(term, StringComparison.Ordinal)))
                .ThenBy(hit => Array.IndexOf(Order, hit.Field)).DistinctBy(hit => hit.Field).Take(Most)
            select hit;
        var shown = chosen.ToList();
        var originals = await OriginalsAsync(db, [.. shown.Select(hit => hit.Part).Distinct()], ct);
        return shown
            .Select(hit => new SearchHit(hit.Subject, hit.Field, Around(
                originals[(hit.Part, hit.Field)].FirstOrDefault(own => Bigrams.Fold(own).Contains(hit.Folded.Trim(), StringComparison.Ordinal)) ?? hit.Folded,
                terms)))
            .ToLookup(hit => hit.ItemId);
    }

    /// <summary>The part of a text around its first hit, in pieces.</summary>
    internal static IReadOnlyList<(string Text, bool IsHit)> Around(string text, IReadOnlyList<string> terms)
    {
        var flat = text.ReplaceLineEndings(" ");
        var folded = Bigrams.Fold(flat);
        var at = terms.Select(term => folded.IndexOf(term, StringComparison.Ordinal)).Where(place => place >= 0).DefaultIfEmpty(0).Min();
        var start = at <= Before ? 0 : at - Before;
        var end = Math.Min(flat.Length, start + Longest);
        start = start > 0 && char.IsLowSurrogate(flat[start]) ? start - 1 : start;
        end = end < flat.Length && char.IsLowSurrogate(flat[end]) ? end + 1 : end;
        return
        [
            .. start > 0 ? new[] { ("…", false) } : [],
            .. SearchTerms.Mark(flat[start..end], terms),
            .. end < flat.Length ? new[] { ("…", false) } : [],
        ];
    }

    // The index keeps folded texts; what people read is the text as written.
    private static async Task<ILookup<(Guid, string), string>> OriginalsAsync(Db db, Guid[] parts, CancellationToken ct)
    {
        var texts = new List<((Guid, string) Key, string Text)>();
        foreach (var item in await db.ItemsFor(Access.OfSystem(Platform.Actor.System(nameof(SearchHits))), Right.Read).AsNoTracking()
            .Where(item => EF.Parameter(parts).Contains(item.Id))
            .Select(item => new { item.Id, item.Kind, item.Text, item.Title, item.Goal, item.NumberText, item.DeadlineText }).ToListAsync(ct))
        {
            texts.AddRange(
            [
                ((item.Id, item.Kind is ItemKind.Measure ? "measure" : "problem"), item.Text), ((item.Id, "title"), item.Title),
                ((item.Id, "goal"), item.Goal), ((item.Id, "number"), item.NumberText), ((item.Id, "deadline"), item.DeadlineText),
            ]);
        }

        texts.AddRange((await db.ItemUnits().AsNoTracking().Where(part => EF.Parameter(parts).Contains(part.ItemId))
            .Select(part => new { part.ItemId, part.Text }).ToListAsync(ct)).Select(part => ((part.ItemId, "unit"), part.Text)));
        texts.AddRange((await db.ItemPersons().AsNoTracking().Where(part => EF.Parameter(parts).Contains(part.ItemId))
            .Select(part => new { part.ItemId, part.Text }).ToListAsync(ct)).Select(part => ((part.ItemId, "person"), part.Text)));
        texts.AddRange((await db.ItemMilestones().AsNoTracking().Where(part => EF.Parameter(parts).Contains(part.ItemId))
            .Select(part => new { part.ItemId, part.Text }).ToListAsync(ct)).Select(part => ((part.ItemId, "milestone"), part.Text)));
        texts.AddRange((await db.ItemFacts().AsNoTracking().Where(part => EF.Parameter(parts).Contains(part.ItemId))
            .Select(part => new { part.ItemId, part.Document, part.Note }).ToListAsync(ct)).Select(part => ((part.ItemId, "fact"), $"{part.Document} {part.Note}")));
        return texts.ToLookup(text => text.Key, text => text.Text);
    }
}
