using System.Text.Json;

namespace Rectify.Tests.Proof;

/// <summary>The published vectors beside these tests; their README names the sources.</summary>
internal static class Vectors
{
    public static JsonElement Read(string name) =>
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Tree.Root, "tests/Rectify.Tests/Proof/vectors", $"{name}.json"))).RootElement;

    public static IEnumerable<JsonElement> Of(this JsonElement element, string name) => element.GetProperty(name).EnumerateArray();

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;

    public static long Number(this JsonElement element, string name) => element.GetProperty(name).GetInt64();

    public static byte[][] Hashes(this JsonElement element, string name) => [.. element.Of(name).Select(hex => Convert.FromHexString(hex.GetString()!))];

    /// <summary>The same bytes with each single bit turned, one after another.</summary>
    public static IEnumerable<byte[]> Flipped(byte[] bytes) =>
        Enumerable.Range(0, bytes.Length * 8).Select(bit => Flipped(bytes, bit));

    public static byte[] Flipped(byte[] bytes, int bit)
    {
        byte[] turned = [.. bytes];
        turned[bit / 8] ^= (byte)(1 << (bit % 8));
        return turned;
    }
}
