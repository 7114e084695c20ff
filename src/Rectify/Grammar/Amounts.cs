namespace Rectify.Grammar;

/// <summary>The words that measure: 万吨, 公里, 户. What stands before one is an amount and no number of anything.</summary>
internal static class Amounts
{
    private static readonly string[] Words =
        ["万吨", "吨", "公里", "立方", "万立方", "平方", "千瓦", "万元", "亿元", "元", "毫克", "微克", "公斤", "千克", "万千瓦", "万户", "万亩", "亩", "人次", "升", "m", "t", "头"];

    /// <summary>Whether one begins at a place of a folded text; white space before it is passed over.</summary>
    public static bool Follow(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && text[at] == ' ')
        {
            at++;
        }

        foreach (var word in Words)
        {
            if (at < text.Length && text[at..].StartsWith(word))
            {
                return true;
            }
        }

        return false;
    }
}
