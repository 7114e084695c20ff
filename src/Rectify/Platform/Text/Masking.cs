using System.Text;

namespace Rectify.Platform.Text;

/// <summary>Why a passage is kept from the public.</summary>
public enum MaskReason
{
    /// <summary>个人信息</summary>
    Personal,

    /// <summary>商业秘密</summary>
    Commercial,

    /// <summary>国家秘密、工作秘密</summary>
    Official,

    /// <summary>其他依法不公开</summary>
    Other,
}

/// <param name="Passage">1 to 500 characters of one line: hidden wherever it stands, whatever its case.</param>
public sealed record Mask(string Passage, MaskReason Reason);

/// <summary>Replaces passages by a mark that everyone sees, with the class of the reason.</summary>
internal sealed class Masking
{
    private const int Most = 200;

    private readonly IReadOnlyList<Mask> masks;
    private readonly HashSet<Mask> found = [];

    /// <exception cref="Refusal">422: too many passages, or one of the wrong length.</exception>
    public Masking(IEnumerable<Mask> masks)
    {
        this.masks = [.. masks.Select(mask => mask with { Passage = mask.Passage.Trim() }).Where(mask => mask.Passage.Length > 0).DistinctBy(mask => mask.Passage)];
        if (this.masks.Count > Most || this.masks.Any(mask => mask.Passage.Length > 500 || !Enum.IsDefined(mask.Reason)))
        {
            throw Refusal.Invalid("mask.many", "At most 200 passages are masked, of at most 500 characters each.");
        }
    }

    public IReadOnlyList<Mask> Masks => masks;

    /// <summary>Asks that every passage stood in one of the texts so far: one written wrongly would hide nothing.</summary>
    /// <exception cref="Refusal">422: one stood nowhere.</exception>
    public void DemandFound()
    {
        if (masks.FirstOrDefault(mask => !found.Contains(mask)) is { Passage: var passage })
        {
            throw Refusal.Invalid("mask.unused", $"'{passage}' stands nowhere in what goes out.", passage);
        }
    }

    /// <summary>The mark of a masked passage. The record is published in Chinese, and so is its mark, whoever reads it.</summary>
    public static string MarkOf(MaskReason reason)
    {
        var words = Words.In(Language.Default);
        return words["mask.mark", words[$"mask.{reason}"]];
    }

    /// <remarks>All passages are looked for in the text as it was: where two overlap, both go, and one mark stands for both.</remarks>
    public string Apply(string text)
    {
        var spans = new List<(int From, int To, MaskReason Reason)>();
        foreach (var mask in masks)
        {
            for (var at = text.IndexOf(mask.Passage, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(mask.Passage, at + 1, StringComparison.OrdinalIgnoreCase))
            {
                spans.Add((at, at + mask.Passage.Length, mask.Reason));
                found.Add(mask);
            }
        }

        var masked = new StringBuilder();
        var done = 0;
        foreach (var (from, to, reason) in spans.OrderBy(span => span.From))
        {
            if (from >= done)
            {
                masked.Append(text, done, from - done).Append(MarkOf(reason));
            }

            done = Math.Max(done, to);
        }

        return masked.Append(text, done, text.Length - done).ToString();
    }
}
