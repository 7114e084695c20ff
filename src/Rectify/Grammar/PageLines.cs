namespace Rectify.Grammar;

/// <summary>Lines of a web page that are no part of its article, as they remain where a page was saved as text.</summary>
internal static class PageLines
{
    private static readonly string[] Starts =
    [
        "您当前的位置", "您现在的位置", "您的位置", "你的位置", "当前位置", "当前的位置", "您所在的位置", "首页>", "首页 >", "首页>>", "字体:", "字号:", "浏览次数", "点击次数", "阅读次数", "访问次数", "点击数:", "索引号:", "索 引 号",
    ];

    private static readonly string[] Ends =
        ["分享到", "分享至", "上一篇", "下一篇", "上一条", "下一条", "打印本页", "关闭窗口", "关闭本页", "[打印", "[关闭", "扫一扫", "返回顶部", "相关链接", "相关阅读", "友情链接", "网站地图"];

    private static readonly string[] Owners = ["ICP备", "公网安备", "网站标识码", "版权所有", "Copyright"];

    /// <summary>Where in the page it is, how often it was read, who runs the site.</summary>
    public static bool IsAround(ReadOnlySpan<char> folded) => Opens(folded, Starts) || IsOwner(folded);

    /// <summary>A line of a table of contents: dots or spaces lead to a page number.</summary>
    public static bool IsContents(ReadOnlySpan<char> folded)
    {
        folded = folded.TrimEnd();
        var text = folded.TrimEnd("0123456789");
        var led = text.TrimEnd().TrimEnd(".…·・ ");
        return text.Length < folded.Length && led.Length > 0 && text.Length - led.Length >= 2 && text[led.Length..].IndexOfAny("…·・") >= 0 | text[led.Length..].IndexOf("...") >= 0;
    }

    /// <summary>What follows an article: sharing, printing, the next page. Nothing after it belongs to the article.</summary>
    public static bool IsAfter(ReadOnlySpan<char> folded) => folded.Length <= 120 && Opens(folded, Ends) || IsOwner(folded);

    private static bool IsOwner(ReadOnlySpan<char> folded)
    {
        foreach (var word in Owners)
        {
            if (folded.Length <= 200 && folded.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Opens(ReadOnlySpan<char> folded, string[] words)
    {
        folded = folded.Trim();
        foreach (var word in words)
        {
            if (folded.StartsWith(word))
            {
                return true;
            }
        }

        return false;
    }
}
