using System.Text;

namespace Rectify.Reading;

/// <summary>Tells Chinese characters and their punctuation, between which a line's end is no space.</summary>
internal static class Han
{
    // Radicals that stand for whole characters and that Unicode leaves without a mapping. Source: Unicode EquivalentUnifiedIdeograph.txt.
    private static readonly Dictionary<char, char> Radicals = new()
    {
        ['⺟'] = '母',
        ['⺠'] = '民',
        ['⻁'] = '虎',
        ['⻄'] = '西',
        ['⻅'] = '见',
        ['⻆'] = '角',
        ['⻉'] = '贝',
        ['⻋'] = '车',
        ['⻓'] = '长',
        ['⻔'] = '门',
        ['⻘'] = '青',
        ['⻙'] = '韦',
        ['⻚'] = '页',
        ['⻛'] = '风',
        ['⻜'] = '飞',
        ['⻝'] = '食',
        ['⻢'] = '马',
        ['⻣'] = '骨',
        ['⻤'] = '鬼',
        ['⻥'] = '鱼',
        ['⻦'] = '鸟',
        ['⻧'] = '卤',
        ['⻨'] = '麦',
        ['⻩'] = '黄',
        ['⻬'] = '齐',
        ['⻮'] = '齿',
        ['⻰'] = '龙',
        ['⻳'] = '龟',
    };

    /// <summary>The usual character for one of its doubles: PDF programs write ⽅ (U+2F45) where 方 is meant.</summary>
    public static char Usual(char c) => c switch
    {
        (>= '\u2f00' and <= '\u2fd5') or (>= '\uf900' and <= '\ufad9') => c.ToString().Normalize(NormalizationForm.FormKC) is [var usual] ? usual : c,
        >= '\u2e80' and <= '\u2ef3' => Radicals.GetValueOrDefault(c, c),
        _ => c,
    };

    public static bool IsWide(char c) => c
        is (>= '\u2e80' and <= '\u9fff') or (>= '\uf900' and <= '\ufaff') or (>= '\ufe30' and <= '\ufe4f')
        or (>= '\uff00' and <= '\uffef') or (>= '\ud840' and <= '\udfff')
        or '\u2018' or '\u2019' or '\u201c' or '\u201d' or '\u2014' or '\u2026' or '\u00b7';
}
