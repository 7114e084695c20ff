namespace Rectify.Reading;
internal static class PdfReader { public static SourceDocument Read(byte[] bytes, Draft draft) => throw draft.No(bytes.Length.ToString(System.Globalization.CultureInfo.InvariantCulture)); }
