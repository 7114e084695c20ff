using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using CsCheck;
using Rectify.Platform.Text;
using Rectify.Portal;
using SkiaSharp;

namespace Rectify.Tests.Portal;

/// <summary>Masks, masked pictures, open data and feeds, without a database.</summary>
public sealed class PublicFormatTests
{
    private static readonly Gen<string> Texts = AnyOf.These('a', 'b', 'A', ' ', '\n').Array[0, 40].Select(chars => new string(chars));

    [Fact]
    public void Nothing_of_a_masked_passage_remains_whatever_overlaps() => Gen.Select(Texts, AnyOf.These("ab", "aba", "bb", "a b").Array[1, 3]).Sample((text, passages) =>
    {
        var masked = new Masking(passages.Select(passage => new Mask(passage, MaskReason.Personal))).Apply(text);
        var rest = masked.Split(Masking.MarkOf(MaskReason.Personal));
        Assert.All(passages, passage => Assert.All(rest, part => Assert.DoesNotContain(passage, part, StringComparison.OrdinalIgnoreCase)));
        Assert.True(rest.Sum(part => part.Length) <= text.Length);
    });

    [Fact]
    public void A_masked_picture_has_no_pixel_of_the_original_in_the_box_and_says_nothing_of_itself() =>
        Gen.Select(Gen.Int[0, 700], Gen.Int[0, 700], Gen.Int[100, 300], Gen.Int[100, 300], Gen.Int[200, 2_400]).Sample((x, y, width, height, side) =>
        {
            // Red all over: a covered pixel is grey, so any red in the box is the original's.
            var path = Path.Combine(Path.GetTempPath(), $"{Guid.CreateVersion7():N}.jpg");
            File.WriteAllBytes(path, WithExif(Red(side, side * 3 / 4)));
            try
            {
                var (bytes, w, h) = PicturePainter.Paint(path, [new(x, y, width, height)])!.Value;

                Assert.DoesNotContain("Exif", Encoding.Latin1.GetString(bytes), StringComparison.OrdinalIgnoreCase);
                Assert.DoesNotContain("SECRET", Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
                using var shown = SKBitmap.Decode(bytes);
                Assert.Equal((w, h), (shown.Width, shown.Height));
                for (var py = y * h / 1000; py < Math.Min(h, (y + height) * h / 1000); py += 3)
                {
                    for (var px = x * w / 1000; px < Math.Min(w, (x + width) * w / 1000); px += 3)
                    {
                        var pixel = shown.GetPixel(px, py);
                        Assert.True(pixel.Red - pixel.Green < 60, $"{px},{py}: {pixel}");
                    }
                }

                Assert.True(x < 120 || y < 120 || shown.GetPixel(1, 1).Red > 180, "what is not covered stays");
            }
            finally
            {
                File.Delete(path);
            }
        }, iter: 20);

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+86 991")]
    [InlineData("-3")]
    [InlineData("@sum")]
    [InlineData("\t=1")]
    [InlineData("\uFF1D1")]
    [InlineData("  =1")]
    public void No_cell_is_taken_for_a_formula(string text) => Assert.Equal($"\"'{text}\"", OpenData.Cell(text));

    [Fact]
    public void Cells_come_back_as_they_were() => AnyOf.These('"', ',', '\n', 'x', '\u4E2D').Array[0, 12].Select(chars => new string(chars)).Where(text => text is not ['\n', ..]).Sample(text =>
    {
        var cell = OpenData.Cell(text);
        Assert.Equal(text, cell is ['"', ..] ? cell[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal) : cell);
    });

    [Fact]
    public void A_step_has_a_name_for_people_beside_its_key_and_the_snapshot_stays_as_it_was_hashed()
    {
        var snapshot = new PublicSnapshot
        {
            Fields = [PublicField.Steps, PublicField.Closing],
            Number = "1",
            Title = "t",
            Steps = [new(new(2019, 2, 15), "procedure.kind.SiteCheck", "", ""), new(new(2019, 2, 28), "procedure.kind.Publish", "挂网", "")],
        };
        var hash = PublicSnapshot.HashOf(snapshot.Write());
        using var json = JsonDocument.Parse(OpenData.ToJson(new("r1", "t", "", "", "", "", null, [new(Guid.Empty, "", default, default, 1, snapshot)])));
        var steps = json.RootElement.GetProperty("items")[0].GetProperty("snapshot").GetProperty("steps").EnumerateArray().ToList();
        Assert.Equal([Words.In(Language.Default)["procedure.kind.SiteCheck"], "挂网"], steps.Select(step => step.GetProperty("name").GetString()));
        Assert.All(steps, step => Assert.DoesNotContain("procedure.", step.GetProperty("name").GetString(), StringComparison.Ordinal));
        Assert.Equal("procedure.kind.SiteCheck", steps[0].GetProperty("key").GetString());
        Assert.Equal(hash, PublicSnapshot.HashOf(snapshot.Write()));

        // Everything in the file is described, and nothing else.
        using var schema = JsonDocument.Parse(OpenData.Schema(["closed"]));
        var described = schema.RootElement.GetProperty("properties");
        Assert.All(json.RootElement.GetProperty("items")[0].GetProperty("snapshot").EnumerateObject(), member => Assert.True(described.TryGetProperty(member.Name, out _), member.Name));
        Assert.All(steps[0].EnumerateObject(), member => Assert.True(described.GetProperty("steps").GetProperty("items").GetProperty("properties").TryGetProperty(member.Name, out _), member.Name));
        Assert.Contains("closing", described.GetProperty("fields").GetProperty("items").GetProperty("enum").EnumerateArray().Select(name => name.GetString()));
    }

    [Fact]
    public void A_closing_in_the_feed_says_day_and_number()
    {
        var closed = new PublicSnapshot { Fields = [PublicField.Closing], Number = "1", Title = "t", ClosedOn = new(2018, 12, 28), ClosingNumber = "云销〔2018〕31号" };
        Assert.Equal("2018年12月28日销号，编号云销〔2018〕31号。", PublicEndpoints.Closing(Words.In(Language.Default), closed));
        Assert.Equal("2018年12月28日销号。", PublicEndpoints.Closing(Words.In(Language.Default), closed with { ClosingNumber = "" }));
    }

    [Fact]
    public void A_feed_has_what_RFC_4287_asks_whatever_texts_it_holds() => Gen.Char.Array[0, 20].Select(chars => new string(chars)).Sample(text =>
    {
        XNamespace atom = "http://www.w3.org/2005/Atom";
        var at = new DateTimeOffset(2026, 3, 3, 2, 0, 0, TimeSpan.Zero);
        var bytes = PublicFeed.Write(
            PublicFeed.IdOf("closures", Guid.Empty), $"t{text}", $"a{text}", "zh-CN", "https://example.org/f.atom", "https://example.org/", at, text,
            [new(PublicFeed.IdOf("closure", Guid.Empty), $"e{text}", "https://example.org/1", at, at.AddDays(1), text)]);

        var feed = XDocument.Load(new MemoryStream(bytes)).Root!;
        Assert.Equal(atom + "feed", feed.Name);
        foreach (var part in new[] { feed, feed.Element(atom + "entry")! })
        {
            Assert.All(["id", "title", "updated"], name => Assert.Single(part.Elements(atom + name)));
            Assert.StartsWith("urn:uuid:", part.Element(atom + "id")!.Value, StringComparison.Ordinal);
            Assert.True(DateTimeOffset.TryParseExact(part.Element(atom + "updated")!.Value, "yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _));
        }

        Assert.NotEmpty(feed.Element(atom + "author")!.Element(atom + "name")!.Value);
        Assert.Contains(feed.Elements(atom + "link"), link => link.Attribute("rel")!.Value == "self");
        Assert.Equal("2026-03-04T02:00:00Z", feed.Element(atom + "updated")!.Value);
    });

    private static byte[] Red(int width, int height)
    {
        using var surface = SKSurface.Create(new SKImageInfo(width, height));
        surface.Canvas.Clear(SKColors.Red);
        using var shot = surface.Snapshot();
        using var jpeg = shot.Encode(SKEncodedImageFormat.Jpeg, 90);
        return jpeg.ToArray();
    }

    // An APP1 segment behind the start of the image, as a camera writes it.
    private static byte[] WithExif(byte[] jpeg)
    {
        byte[] body = [.. "Exif\0\0"u8, .. "MM\0*\0\0\0\b\0\0\0\0\0\0"u8, .. "SECRET"u8];
        return [.. jpeg[..2], 0xFF, 0xE1, (byte)((body.Length + 2) >> 8), (byte)(body.Length + 2), .. body, .. jpeg[2..]];
    }
}

internal static class AnyOf
{
    /// <summary>One of these, each as likely as another.</summary>
    public static Gen<T> These<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);
}
