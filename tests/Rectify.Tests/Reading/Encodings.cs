using System.Text;

namespace Rectify.Tests.Reading;

/// <summary>Encodings by name, those of Chinese offices too.</summary>
internal static class Encodings
{
    static Encodings() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static Encoding Get(string name) => Encoding.GetEncoding(name);
}
