using System.Globalization;
using System.Text;

namespace Rectify.Grammar;

/// <summary>Brings a text to the one spelling that the grammar compares: half-width signs, plain spaces, simplified characters.</summary>
/// <remarks>
/// Character by character, so that a place in the folded text is the same place in the text as written. Only the
/// traditional characters that occur in labels, numerals and dates are folded; nothing folded is ever shown.
/// </remarks>
internal static class Fold
{
    private const string Traditional = "責單標時間問題個實況結論驗銷號導辦領聯絡點總體牽頭進達務內護級動類來區縣節處見議後長數項條從開參與監關協員據範圍應階"
        + "環執報電話郵組織種確認審歸檔產業復廳黨軍團師場鎮鄉發佈當顯廢綠營無萬億兩歲屆曆為於編終啟備註際書單續強補還運連選險隨預額風階";

    private const string Simplified = "责单标时间问题个实况结论验销号导办领联络点总体牵头进达务内护级动类来区县节处见议后长数项条从开参与监关协员据范围应阶"
        + "环执报电话邮组织种确认审归档产业复厅党军团师场镇乡发布当显废绿营无万亿两岁届历为于编终启备注际书单续强补还运连选险随预额风阶";

    private static readonly char[] Table = Make();

    public static char Of(char c) => Table[c];

    public static string Of(string text) => string.Create(text.Length, text, static (folded, written) =>
    {
        for (var i = 0; i < folded.Length; i++)
        {
            folded[i] = Table[written[i]];
        }
    });

    private static char[] Make()
    {
        var table = new char[char.MaxValue + 1];
        for (var c = 0; c <= char.MaxValue; c++)
        {
            table[c] = Plain((char)c);
        }

        for (var i = 0; i < Traditional.Length; i++)
        {
            table[Traditional[i]] = Simplified[i];
        }

        return table;
    }

    private static char Plain(char c)
    {
        // ① and ㈠ are numbers of their own kind and must not become plain digits.
        if (c < 0x80 || c is >= '\u2460' and <= '\u24FF' or >= '\u3200' and <= '\u32FF')
        {
            return c;
        }

        if (char.IsWhiteSpace(c) || c is '\u200B' or '\uFEFF' or '\u00AD')
        {
            return ' ';
        }

        return c switch
        {
            '【' or '〖' or '﹝' => '[',
            '】' or '〗' or '﹞' => ']',
            '﹑' or '､' => '、',
            '○' or '◯' or 'Ｏ' => '〇',
            '–' or '—' or '―' or '─' or '－' or '‐' or '‑' or '‒' or '−' or '～' or '〜' or '∼' or '~' => '-',
            // Only these ranges hold other spellings of signs that matter; the rest stays as it is.
            not (>= '\u2000' and <= '\u33FF' or >= '\uF900' and <= '\uFAFF' or >= '\uFE10' and <= '\uFFEE') => c,
            _ when char.GetUnicodeCategory(c) is UnicodeCategory.OtherNotAssigned => c,
            _ => c.ToString().Normalize(NormalizationForm.FormKC) is [var plain] ? plain : c,
        };
    }
}
