namespace Rectify.Reading;

/// <summary>Tells Chinese characters and their punctuation, between which a line's end is no space.</summary>
internal static class Han
{
    public static bool IsWide(char c) => c
        is (>= '\u2e80' and <= '\u9fff') or (>= '\uf900' and <= '\ufaff') or (>= '\ufe30' and <= '\ufe4f')
        or (>= '\uff00' and <= '\uffef') or (>= '\ud840' and <= '\udfff')
        or '\u2018' or '\u2019' or '\u201c' or '\u201d' or '\u2014' or '\u2026' or '\u00b7';
}
