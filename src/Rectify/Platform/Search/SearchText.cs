using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rectify.Platform.Data;

namespace Rectify.Platform.Search;

/// <summary>A text of a record, prepared for search. Made again whenever the text changes.</summary>
public sealed class SearchText : IBookkeeping, IBulkRow
{
    public long Id { get; private init; }

    /// <summary>The record that a hit leads to, such as a task.</summary>
    public required Guid Subject { get; init; }

    /// <summary>The record whose text it is: the task itself, or one of its measures.</summary>
    public required Guid Part { get; init; }

    /// <summary>What the text is, such as <c>goal</c>: a hit names it.</summary>
    public required string Field { get; init; }

    /// <summary>The text with letters and digits made one kind; as long as the original, so that places in it agree.</summary>
    public required string Folded { get; init; }

    /// <summary>The tokens that the index holds: see <see cref="Bigrams"/>.</summary>
    public required string Grams { get; init; }

    /// <summary>Characters in one row: PostgreSQL keeps 16,383 places in a text.</summary>
    private const int Piece = 8_000;

    /// <summary>Characters that two pieces share, so that a phrase at the seam is found.</summary>
    private const int Overlap = 100;

    /// <summary>The rows for a text; none if there is nothing in it.</summary>
    public static IEnumerable<SearchText> Of(Guid subject, Guid part, string field, string text)
    {
        var folded = Bigrams.Fold(text.Trim());
        for (var start = 0; start < folded.Length; start += Piece)
        {
            var piece = folded.Substring(start, Math.Min(Piece + Overlap, folded.Length - start));
            if (Bigrams.Tokens(piece) is { Length: > 0 } grams)
            {
                yield return new() { Subject = subject, Part = part, Field = field, Folded = piece, Grams = grams };
            }
        }
    }
}

internal sealed class SearchTextMap : IEntityTypeConfiguration<SearchText>
{
    public void Configure(EntityTypeBuilder<SearchText> text)
    {
        text.ToTable("SearchTexts");
        text.Property(t => t.Field).HasMaxLength(20);
        text.HasIndex(t => t.Subject);
        text.HasIndex(t => t.Part);
    }
}

/// <summary>Cuts Chinese into overlapping pairs, so that a two-character word is found wherever it stands.</summary>
/// <remarks>
/// A run of Han characters 甲乙丙 gives 甲乙 乙丙 丙; letters and digits give whole words. A query of two characters and more
/// is a phrase of pairs; one of one character is the beginning of a pair. No dictionary is needed, and none can be wrong.
/// </remarks>
public static class Bigrams
{
    /// <summary>Makes full-width letters and digits half-width and letters small. Keeps the length.</summary>
    public static string Fold(string text) => string.Create(text.Length, text, (folded, original) =>
    {
        for (var i = 0; i < original.Length; i++)
        {
            var c = original[i];
            folded[i] = char.ToLowerInvariant(c is >= '！' and <= '～' ? (char)(c - 0xFEE0) : c);
        }
    });

    /// <summary>The tokens of a folded text, parted by spaces.</summary>
    public static string Tokens(string folded)
    {
        var tokens = new StringBuilder(folded.Length * 3);
        foreach (var (run, isHan) in Runs(folded))
        {
            if (!isHan)
            {
                tokens.Append(run).Append(' ');
                continue;
            }

            for (var i = 0; i + 1 < run.Length; i++)
            {
                tokens.Append(run, i, 2).Append(' ');
            }

            tokens.Append(run[^1]).Append(' ');
        }

        return tokens.ToString().TrimEnd();
    }

    /// <summary>The phrases that a text must hold to contain <paramref name="folded"/>: each a list of tokens, the last perhaps a beginning.</summary>
    public static IEnumerable<(string[] Tokens, bool LastIsBeginning)> Phrases(string folded) =>
        from piece in Runs(folded)
        select piece.IsHan
            ? piece.Run.Length == 1
                ? ([piece.Run], true)
                : (Enumerable.Range(0, piece.Run.Length - 1).Select(i => piece.Run.Substring(i, 2)).ToArray(), false)
            : (new[] { piece.Run }, true);

    private static IEnumerable<(string Run, bool IsHan)> Runs(string folded)
    {
        var start = 0;
        while (start < folded.Length)
        {
            var kind = KindOf(folded[start]);
            var end = start + 1;
            while (end < folded.Length && KindOf(folded[end]) == kind)
            {
                end++;
            }

            if (kind is not 0)
            {
                yield return (folded[start..end], kind is 2);
            }

            start = end;
        }
    }

    // 0: parts words, 1: letter or digit, 2: Han. Surrogates of rarer Han characters count as Han in pairs of halves.
    private static int KindOf(char c) => c switch
    {
        >= '\u3400' and <= '\u9fff' or >= '\uf900' and <= '\ufaff' or '〇' => 2,
        _ when char.IsSurrogate(c) => 2,
        _ when char.IsLetterOrDigit(c) => 1,
        _ => 0,
    };
}

/// <summary>What a person typed into a search field, as terms that must all be found.</summary>
public static class SearchTerms
{
    /// <summary>More terms than these are left out: each costs a look into the index.</summary>
    private const int Most = 8;

    /// <summary>The folded terms; those without a letter, digit or Han character are left out.</summary>
    public static IReadOnlyList<string> Of(string text) =>
    [
        .. Bigrams.Fold(text).Split([' ', '\u3000', '\t'], StringSplitOptions.RemoveEmptyEntries)
            .Where(term => Bigrams.Phrases(term).Any())
            .Distinct()
            .Take(Most),
    ];

    /// <summary>Cuts a text into pieces, of which every second one is a hit: for marking hits.</summary>
    public static IEnumerable<(string Text, bool IsHit)> Mark(string text, IReadOnlyList<string> terms)
    {
        var folded = Bigrams.Fold(text);
        var at = 0;
        while (at < text.Length)
        {
            var next = terms.Select(term => (At: folded.IndexOf(term, at, StringComparison.Ordinal), term.Length))
                .Where(hit => hit.At >= 0).OrderBy(hit => hit.At).ThenByDescending(hit => hit.Length).FirstOrDefault((At: -1, Length: 0));
            if (next.At < 0)
            {
                break;
            }

            if (next.At > at)
            {
                yield return (text[at..next.At], false);
            }

            yield return (text.Substring(next.At, next.Length), true);
            at = next.At + next.Length;
        }

        if (at < text.Length)
        {
            yield return (text[at..], false);
        }
    }
}
