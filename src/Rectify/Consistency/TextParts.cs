namespace Rectify.Consistency;

internal static class TextParts
{
    extension(string text)
    {
        public bool ContainsAny(params ReadOnlySpan<string> words)
        {
            foreach (var word in words)
            {
                if (text.Contains(word, StringComparison.Ordinal))
                {
                    return true;
                }
            }

            return false;
        }

        public bool EndsWithAny(params ReadOnlySpan<string> words)
        {
            foreach (var word in words)
            {
                if (text.EndsWith(word, StringComparison.Ordinal))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
