using System.Globalization;
using DiffPlex;

namespace Rectify.Platform.Web;

/// <summary>How a piece of text fared from the old version to the new one.</summary>
public enum DiffKind { Same, Gone, Added }

public readonly record struct DiffPiece(DiffKind Kind, string Text);

/// <summary>The difference of two texts by word: Latin words and numbers whole, Chinese by character as a reader sees it.</summary>
public static class WordDiff
{
    /// <summary>Beyond this many characters of both texts together, everything is shown as replaced: comparing would cost too much.</summary>
    public const int Limit = 40_000;

    /// <summary>The pieces in reading order. Without the added ones they are the old text, without the gone ones the new.</summary>
    public static IReadOnlyList<DiffPiece> Of(string before, string after)
    {
        if (before == after)
        {
            return before.Length == 0 ? [] : [new(DiffKind.Same, before)];
        }

        var pieces = new List<DiffPiece>();
        if (before.Length + after.Length > Limit)
        {
            Append(pieces, DiffKind.Gone, before);
            Append(pieces, DiffKind.Added, after);
            return pieces;
        }

        var diff = Differ.Instance.CreateDiffs(before, after, ignoreWhiteSpace: false, ignoreCase: false, new Tokens());
        var at = 0;
        foreach (var block in diff.DiffBlocks)
        {
            Append(pieces, DiffKind.Same, Join(diff.PiecesOld, at, block.DeleteStartA));
            at = block.DeleteStartA + block.DeleteCountA;
            Append(pieces, DiffKind.Gone, Join(diff.PiecesOld, block.DeleteStartA, at));
            Append(pieces, DiffKind.Added, Join(diff.PiecesNew, block.InsertStartB, block.InsertStartB + block.InsertCountB));
        }

        Append(pieces, DiffKind.Same, Join(diff.PiecesOld, at, diff.PiecesOld.Count));
        return pieces;
    }

    private static string Join(IReadOnlyList<string> pieces, int from, int to) => string.Concat(pieces.Skip(from).Take(to - from));

    private static void Append(List<DiffPiece> pieces, DiffKind kind, string text)
    {
        if (text.Length > 0)
        {
            pieces.Add(new(kind, text));
        }
    }

    private sealed class Tokens : IChunker
    {
        public IReadOnlyList<string> Chunk(string text)
        {
            var tokens = new List<string>();
            for (var start = 0; start < text.Length;)
            {
                var length = StringInfo.GetNextTextElementLength(text, start);
                if (IsWord(text[start]))
                {
                    length = 1;
                    while (start + length < text.Length && IsWord(text[start + length]))
                    {
                        length++;
                    }
                }

                tokens.Add(text.Substring(start, length));
                start += length;
            }

            return tokens;
        }

        // Letters and digits of alphabets; Chinese characters are words of their own.
        private static bool IsWord(char c) => char.IsLetterOrDigit(c) && char.GetUnicodeCategory(c) is not UnicodeCategory.OtherLetter;
    }
}
