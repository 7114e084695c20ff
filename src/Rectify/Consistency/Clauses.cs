using Rectify.Grammar;

namespace Rectify.Consistency;

/// <summary>A text cut where a reader pauses, so that a number is judged by the words beside it.</summary>
internal readonly ref struct Clauses(string text)
{
    private const string Pauses = ",;。!?\n:";

    private readonly string folded = Fold.Of(text);

    /// <summary>The text in the spelling that rules compare; places in it are those of the text as written.</summary>
    public string Folded => folded;

    /// <summary>The clause around a place: from the pause before it to the pause after.</summary>
    public (int Start, int End) Around(int at)
    {
        var (start, end) = (at, at);
        while (start > 0 && !IsPause(start - 1))
        {
            start--;
        }

        while (end < folded.Length && !IsPause(end))
        {
            end++;
        }

        return (start, end);
    }

    /// <summary>The sentence around a place: to the full stops on both sides.</summary>
    public (int Start, int End) SentenceAround(int at)
    {
        var start = folded.LastIndexOfAny(['。', ';', '\n'], Math.Max(0, at - 1)) + 1;
        var end = folded.IndexOfAny(['。', ';', '\n'], at);
        return (Math.Min(start, at), end < 0 ? folded.Length : end);
    }

    // A comma between digits groups thousands: 1,842.6.
    private bool IsPause(int at) =>
        Pauses.Contains(folded[at]) && !(folded[at] is ',' && at > 0 && at + 1 < folded.Length && char.IsAsciiDigit(folded[at - 1]) && char.IsAsciiDigit(folded[at + 1]));
}
