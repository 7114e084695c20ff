using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;
using UtfUnknown;

namespace Rectify.Reading;

/// <summary>Turns the bytes of a text or HTML file into text, in whatever encoding Chinese offices save it.</summary>
internal static partial class TextDecoder
{
    // Two hundred of the most frequent characters of official writing, simplified and traditional, and its punctuation:
    // the wrong one of GB18030 and Big5 decodes to valid but rare characters.
    private static readonly FrozenSet<char> Common = (
        "的一是不在人有我他这中大来上国和地到以说时要就出会可也对生能而子得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运整改落责措施办督察污染环境省州县企验收销号限单限" +
        "這來國說時會對於過發後裡種經麼學現當沒動還進實樣開從軍無長機與關點業將兩間問應戰頭體見產話給門員聲認條題爾別變總電數報結務場計資統區隊決馬書聽達強難權記類據邊張該規萬術領傳觀識帶導爭運環責辦縣驗銷號單" +
        "，。、：；（）“”《》〔〕【】！？・　０１２３４５６７８９").ToFrozenSet();

    static TextDecoder() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <exception cref="Platform.Refusal"><c>reading.unknown-format</c>: the bytes are no text in any encoding known.</exception>
    public static string Decode(byte[] bytes, Draft draft)
    {
        var text = ByMark(bytes) ?? ByContent(bytes, draft);
        return text is null || LooksBinary(text) ? throw draft.No("reading.unknown-format") : text;
    }

    private static string? ByMark(byte[] bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, ..] => new UTF8Encoding(false).GetString(bytes.AsSpan(3)),
        [0xFF, 0xFE, 0, 0, ..] => new UTF32Encoding(false, false).GetString(bytes.AsSpan(4)),
        [0xFF, 0xFE, ..] => Encoding.Unicode.GetString(bytes.AsSpan(2)),
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode.GetString(bytes.AsSpan(2)),
        [0x84, 0x31, 0x95, 0x33, ..] => Strict("gb18030", bytes.AsSpan(4)),
        _ => null,
    };

    private static string? ByContent(byte[] bytes, Draft draft)
    {
        if (WithoutMarkUtf16(bytes) is { } wide)
        {
            return wide;
        }

        // Text in another encoding is never valid UTF-8 for more than a few characters, whatever the page declares.
        var utf8 = Strict("utf-8", bytes);
        if (utf8 is not null && utf8.Count(c => c >= 0x800) is 0 or >= 4)
        {
            return utf8;
        }

        if (Declared(bytes) is { } declared && Strict(declared, bytes) is { } told)
        {
            return told;
        }

        if (utf8 is not null)
        {
            return utf8;
        }

        var detected = CharsetDetector.DetectFromBytes(bytes).Detected;
        string?[] names = [detected is { Confidence: > 0.5f } ? detected.EncodingName : null, "gb18030", "big5"];
        var best = (
            from name in names.OfType<string>().Select(Wider).Distinct()
            let text = Strict(name, bytes)
            where text is not null
            orderby Familiarity(text) descending
            select (Name: name, Text: text)).FirstOrDefault();
        if (best.Text is null)
        {
            // One broken character in a long file is no reason to refuse it.
            var loose = Encoding.GetEncoding("gb18030").GetString(bytes);
            best = Familiarity(loose) > 0.3 && loose.Count(c => c == '\ufffd') * 100 < loose.Length ? ("gb18030", loose) : default;
        }

        if (best.Text is not null)
        {
            draft.Note("reading.encoding-guessed", best.Name.ToUpperInvariant());
        }

        return best.Text;
    }

    private static string? Strict(string name, ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback).GetString(bytes);
        }
        catch (Exception no) when (no is DecoderFallbackException or ArgumentException or NotSupportedException)
        {
            return null; // not this encoding, or a name nobody knows
        }
    }

    private static string? Declared(byte[] bytes)
    {
        var head = Encoding.Latin1.GetString(bytes.AsSpan(0, Math.Min(4096, bytes.Length)));
        return CharsetName().Match(head) is { Success: true } match ? Wider(match.Groups[1].Value) : null;
    }

    // Pages that declare GB2312 use characters of its supersets. Source: WHATWG Encoding, table of labels.
    private static string Wider(string name) => name.ToLowerInvariant() switch
    {
        "gb2312" or "gbk" or "gb_2312-80" or "x-gbk" or "cp936" or "hz-gb-2312" or "gb18030" => "gb18030",
        var other => other,
    };

    private static string? WithoutMarkUtf16(byte[] bytes)
    {
        if (bytes.Length % 2 == 1)
        {
            return null;
        }

        var (little, big) = (0, 0);
        for (var i = 0; i + 1 < bytes.Length; i += 2)
        {
            little += bytes[i + 1] == 0 && bytes[i] is 10 or 13 or (>= 32 and < 127) ? 1 : 0;
            big += bytes[i] == 0 && bytes[i + 1] is 10 or 13 or (>= 32 and < 127) ? 1 : 0;
        }

        return Array.IndexOf(bytes, (byte)0) < 0 ? null
            : little > big ? Strict("utf-16", bytes)
            : Strict("utf-16BE", bytes);
    }

    private static double Familiarity(string text)
    {
        var beyond = text.Count(c => c >= 0x80);
        return beyond == 0 ? 1 : text.Count(c => c >= 0x80 && Common.Contains(c)) / (double)beyond;
    }

    private static bool LooksBinary(string text)
    {
        var odd = text.Count(c => (c < ' ' && c is not ('\t' or '\n' or '\r' or '\f' or '\v' or '\x1a')) || c is '\ufffd');
        return text.Contains('\0') || odd * 20 > text.Length;
    }

    [GeneratedRegex("""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_\-]+)""", RegexOptions.IgnoreCase)]
    private static partial Regex CharsetName();
}
