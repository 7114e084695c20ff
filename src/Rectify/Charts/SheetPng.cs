using System.Collections.Concurrent;
using Rectify.Papers;
using SkiaSharp;

namespace Rectify.Charts;

/// <summary>A drawing as a picture.</summary>
internal static class SheetPng
{
    /// <summary>Pixels of the longest side that is made, and of the whole.</summary>
    public const int MostSide = 12_000, MostPixels = 34_000_000;

    private static readonly ConcurrentDictionary<Face, SKTypeface> Typefaces = new();

    /// <param name="scale">Pixels for each unit; less where the picture would be too large.</param>
    /// <exception cref="Rectify.Platform.Refusal">409 <c>papers.no-font</c>: no Chinese font is installed.</exception>
    public static byte[] Write(Drawing sheet, Theme theme, float scale)
    {
        scale = Math.Min(scale, MostSide / Math.Max(sheet.Width, sheet.Height));
        scale = Math.Min(scale, MathF.Sqrt(MostPixels / (sheet.Width * sheet.Height)));
        using var bitmap = new SKBitmap(Math.Max(1, (int)MathF.Ceiling(sheet.Width * scale)), Math.Max(1, (int)MathF.Ceiling(sheet.Height * scale)), SKColorType.Rgba8888, SKAlphaType.Opaque);
        using (var canvas = new SKCanvas(bitmap))
        {
            canvas.Clear(Colour(theme, Ink.Paper));
            canvas.Scale(scale);
            foreach (var mark in sheet.Marks)
            {
                Draw(canvas, mark, theme);
            }
        }

        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    private static void Draw(SKCanvas canvas, Mark mark, Theme theme)
    {
        switch (mark)
        {
            case Box box:
                Paint(theme, box.Fill, box.Edge, box.Thick, paint => canvas.DrawRect(box.X, box.Y, box.Width, box.Height, paint));
                break;
            case Disc disc:
                Paint(theme, disc.Fill, disc.Edge, disc.Thick, paint => canvas.DrawCircle(disc.X, disc.Y, disc.Radius, paint));
                break;
            case Shape shape:
                using (var path = Path(shape.Places, closed: true))
                {
                    Paint(theme, shape.Fill, shape.Edge, shape.Thick, paint => canvas.DrawPath(path, paint));
                }

                break;
            case Stroke stroke:
                var (on, off) = SvgWriter.Dashes(stroke);
                using (var path = Path(stroke.Places, closed: false))
                using (var dash = stroke.Dash is Dash.None ? null : SKPathEffect.CreateDash([on, off], 0))
                {
                    Paint(theme, Ink.None, stroke.Ink, stroke.Thick, paint =>
                    {
                        paint.PathEffect = dash;
                        canvas.DrawPath(path, paint);
                    });
                }

                break;
            case Label label:
                Words(canvas, label, theme);
                break;
        }
    }

    private static void Words(SKCanvas canvas, Label label, Theme theme)
    {
        var glyphs = SheetFaces.Of(label);
        var x = SheetFaces.Start(label, glyphs);
        using var paint = new SKPaint { Color = Colour(theme, label.Ink), IsAntialias = true };
        for (var i = 0; i < glyphs.Length;)
        {
            var (face, from, places) = (glyphs[i].Face, i, new List<float>());
            for (; i < glyphs.Length && glyphs[i].Face == face; i++)
            {
                places.Add(x);
                x += glyphs[i].Width;
            }

            using var font = new SKFont(Typefaces.GetOrAdd(face, one => SKTypeface.FromFile(one.Path, one.Index)), label.Size) { Subpixel = true, Embolden = glyphs[from].Thicken, Hinting = SKFontHinting.None };
            ushort[] ids = [.. glyphs[from..i].Select(glyph => (ushort)glyph.Id)];
            using var blob = SKTextBlob.CreateHorizontal(System.Runtime.InteropServices.MemoryMarshal.AsBytes(ids.AsSpan()), SKTextEncoding.GlyphId, font, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(places), label.Y);
            if (blob is not null)
            {
                canvas.DrawText(blob, 0, 0, paint);
            }
        }
    }

    private static void Paint(Theme theme, Ink fill, Ink edge, float thick, Action<SKPaint> draw)
    {
        if (fill is not Ink.None)
        {
            using var paint = new SKPaint { Color = Colour(theme, fill), IsAntialias = true };
            draw(paint);
        }

        if (edge is not Ink.None)
        {
            using var paint = new SKPaint { Color = Colour(theme, edge), IsAntialias = true, Style = SKPaintStyle.Stroke, StrokeWidth = thick, StrokeJoin = SKStrokeJoin.Round };
            draw(paint);
        }
    }

    private static SKPath Path(IReadOnlyList<Place> places, bool closed)
    {
        using var builder = new SKPathBuilder();
        builder.AddPoly([.. places.Select(place => new SKPoint(place.X, place.Y))], closed);
        return builder.Detach();
    }

    private static SKColor Colour(Theme theme, Ink ink)
    {
        var (red, green, blue) = theme.Rgb(ink);
        return new(red, green, blue);
    }
}
