namespace Rectify.Grammar;

/// <summary>A place in a folded text that moves forward as words are taken. White space between words is passed over, line ends too.</summary>
internal ref struct Scanner(ReadOnlySpan<char> text, int at)
{
    private readonly ReadOnlySpan<char> text = text;

    public int At { get; set; } = at;

    public readonly bool Ended => At >= text.Length;

    public readonly char Next => At < text.Length ? text[At] : '\0';

    /// <summary>Takes a word if it stands here.</summary>
    public bool Take(string word)
    {
        var here = PastSpaces();
        if (!text[here..].StartsWith(word))
        {
            return false;
        }

        At = here + word.Length;
        return true;
    }

    /// <summary>Takes the first of some words that stands here; put the longer before the shorter.</summary>
    public bool TakeAny(params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (Take(word))
            {
                return true;
            }
        }

        return false;
    }

    public readonly bool Sees(string word) => text[PastSpaces()..].StartsWith(word);

    /// <summary>Takes a number within bounds, both inclusive.</summary>
    public bool TakeNumber(int least, int most, out int value, int? digits = null)
    {
        var here = PastSpaces();
        if (ChineseNumber.TryRead(text, here, out var length, out value) && value >= least && value <= most
            && (digits is null || length == digits))
        {
            At = here + length;
            return true;
        }

        return false;
    }

    private readonly int PastSpaces()
    {
        var here = At;
        while (here < text.Length && text[here] is (' ' or '\t' or '\n'))
        {
            here++;
        }

        return Math.Min(here, text.Length);
    }
}
