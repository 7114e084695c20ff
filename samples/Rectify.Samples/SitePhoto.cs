using SkiaSharp;

namespace Rectify.Samples;

/// <summary>A picture as people take it on site: a plain drawn scene, with the board that says which task, where and when.</summary>
internal static class SitePhoto
{
    private const int Width = 480, Height = 360, Horizon = 170;

    /// <param name="family">water, air, land or waste; anything else is a room.</param>
    /// <param name="clean">Whether it was put right.</param>
    /// <param name="board">The lines of the board.</param>
    public static byte[] Draw(string family, bool clean, uint seed, IReadOnlyList<string> board)
    {
        using var surface = SKSurface.Create(new SKImageInfo(Width, Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        var (canvas, dice) = (surface.Canvas, new Dice(seed));
        Fill(canvas, 0, 0, Width, Horizon, clean ? new(150, 195, 230) : new(178, 180, 172));
        Fill(canvas, 0, Horizon, Width, Height - Horizon, clean ? new(122, 158, 90) : new(150, 132, 104));
        Hills(canvas, dice, clean);
        switch (family)
        {
            case "water":
                River(canvas, dice, clean);
                break;
            case "air":
                Chimneys(canvas, dice, clean);
                break;
            case "land":
                Slope(canvas, dice, clean);
                break;
            case "waste":
                Heap(canvas, dice, clean);
                break;
            default:
                Hall(canvas);
                break;
        }

        if (family is not "institution")
        {
            Trees(canvas, dice, clean ? 10 : 2);
        }

        Board(canvas, board);
        using var shot = surface.Snapshot();
        using var jpeg = shot.Encode(SKEncodedImageFormat.Jpeg, 70);
        return jpeg.ToArray();
    }

    /// <summary>A page of a site as a screen shows it.</summary>
    public static byte[] Page(string site, IReadOnlyList<string> lines)
    {
        using var surface = SKSurface.Create(new SKImageInfo(640, 400, SKColorType.Rgba8888, SKAlphaType.Opaque));
        var canvas = surface.Canvas;
        Fill(canvas, 0, 0, 640, 400, new(255, 255, 255));
        Fill(canvas, 0, 0, 640, 44, new(21, 46, 74));
        using var font = new SKFont(Faces.Board, 17) { Edging = SKFontEdging.Alias };
        using var white = new SKPaint { Color = SKColors.White };
        using var black = new SKPaint { Color = SKColors.Black };
        canvas.DrawText(site, 20, 29, SKTextAlign.Left, font, white);
        foreach (var (i, line) in lines.Index())
        {
            canvas.DrawText(line, 20, 84 + (i * 30), SKTextAlign.Left, font, black);
        }

        using var shot = surface.Snapshot();
        using var jpeg = shot.Encode(SKEncodedImageFormat.Jpeg, 70);
        return jpeg.ToArray();
    }

    private static void Hills(SKCanvas canvas, Dice dice, bool clean)
    {
        for (var i = 0; i < 3; i++)
        {
            var (x, height) = (dice.Next(0, Width), dice.Next(30, 80));
            Shape(canvas, clean ? new((byte)(96 + (i * 12)), 136, 100) : new((byte)(140 + (i * 8)), 128, 116), [x - 160, Horizon, x, Horizon - height, x + 170, Horizon]);
        }
    }

    private static void River(SKCanvas canvas, Dice dice, bool clean)
    {
        var bend = dice.Next(-40, 40);
        Shape(canvas, clean ? new(70, 130, 180) : new(92, 84, 58), [200, Horizon, 232, Horizon, 330 + bend, 260, 470, Height, 90, Height, 170 + bend, 255]);
        Fill(canvas, 330, 214, 70, 16, new(110, 110, 110));
        Shape(canvas, clean ? new(150, 190, 215) : new(62, 50, 34), [330, 216, 330, 230, 250 + bend, 262, 236 + bend, 250]);
        for (var i = 0; i < 14; i++)
        {
            Dot(canvas, dice.Next(150, 380), dice.Next(250, 350), dice.Next(2, 6), clean ? new(190, 215, 235) : new(200, 195, 170));
        }
    }

    private static void Chimneys(SKCanvas canvas, Dice dice, bool clean)
    {
        Fill(canvas, 60, 150, 220, 90, new(150, 120, 105));
        for (var i = 0; i < 3; i++)
        {
            var x = 90 + (i * 70);
            Fill(canvas, x, 60, 18, 100, new(120, 95, 85));
            for (var puff = 0; puff < (clean ? 1 : 7); puff++)
            {
                Dot(canvas, x + 9 + (puff * dice.Next(6, 14)), 56 - (puff * 7), 8 + (puff * 3), clean ? new(225, 232, 238) : new((byte)(96 + (puff * 8)), (byte)(92 + (puff * 8)), (byte)(88 + (puff * 8))));
            }
        }

        if (clean)
        {
            Fill(canvas, 300, 160, 90, 80, new(205, 212, 216)); // the new filter house
            Fill(canvas, 280, 175, 20, 10, new(170, 178, 184));
        }
    }

    private static void Slope(SKCanvas canvas, Dice dice, bool clean)
    {
        for (var step = 0; step < 5; step++)
        {
            var y = 130 + (step * 34);
            Shape(canvas, clean ? new((byte)(104 + (step * 8)), 152, 84) : new((byte)(176 - (step * 10)), 150, 112), [20 + (step * 26), y, 300 + (step * 30), y - 18, 320 + (step * 34), y + 20, 10 + (step * 24), y + 36]);
        }

        if (!clean)
        {
            Dot(canvas, dice.Next(210, 300), 250, 34, new(96, 84, 70));
            Fill(canvas, 120, 214, 58, 26, new(214, 160, 40)); // an excavator
            Shape(canvas, new(190, 140, 30), [170, 216, 226, 176, 232, 184, 180, 226]);
        }
    }

    private static void Heap(SKCanvas canvas, Dice dice, bool clean)
    {
        Shape(canvas, clean ? new(112, 156, 92) : new(98, 90, 78), [70, 300, 150, 190, 240, 168, 340, 200, 420, 300]);
        for (var i = 0; i < (clean ? 0 : 60); i++)
        {
            Fill(canvas, dice.Next(110, 380), dice.Next(215, 295), dice.Next(4, 14), dice.Next(3, 9), new((byte)dice.Next(90, 220), (byte)dice.Next(90, 210), (byte)dice.Next(90, 200)));
        }

        for (var i = 0; i < (clean ? 4 : 0); i++)
        {
            Fill(canvas, 130 + (i * 70), 180 + (i % 2 * 20), 6, 40, new(210, 214, 216)); // gas pipes
        }
    }

    private static void Hall(SKCanvas canvas)
    {
        Fill(canvas, 0, 0, Width, Height, new(228, 224, 214));
        Fill(canvas, 60, 40, 360, 44, new(178, 38, 34));
        Shape(canvas, new(140, 100, 66), [90, 190, 390, 190, 450, 300, 30, 300]);
        for (var i = 0; i < 6; i++)
        {
            Dot(canvas, 110 + (i * 52), 168, 15, new(70, 66, 64));
            Fill(canvas, 96 + (i * 52), 180, 28, 22, new(54, 66, 92));
        }
    }

    private static void Trees(SKCanvas canvas, Dice dice, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var (x, y) = (dice.Next(0, Width), dice.Next(Horizon + 4, Horizon + 50));
            Fill(canvas, x - 2, y, 4, 18, new(96, 72, 50));
            Dot(canvas, x, y - 6, dice.Next(9, 15), new(60, (byte)dice.Next(104, 140), 62));
        }
    }

    private static void Board(SKCanvas canvas, IReadOnlyList<string> lines)
    {
        var height = 12 + (lines.Count * 20);
        var top = Height - height - 8;
        Fill(canvas, 8, top, 268, height, new(22, 82, 150));
        Fill(canvas, 11, top + 3, 262, height - 6, new(250, 250, 245));
        using var font = new SKFont(Faces.Board, 14);
        using var ink = new SKPaint { Color = new(24, 24, 24), IsAntialias = true };
        foreach (var (i, line) in lines.Index())
        {
            canvas.DrawText(line, 18, top + 20 + (i * 20), SKTextAlign.Left, font, ink);
        }
    }

    private static void Fill(SKCanvas canvas, float x, float y, float width, float height, SKColor color)
    {
        using var paint = new SKPaint { Color = color };
        canvas.DrawRect(x, y, width, height, paint);
    }

    private static void Dot(SKCanvas canvas, float x, float y, float radius, SKColor color)
    {
        using var paint = new SKPaint { Color = color, IsAntialias = true };
        canvas.DrawCircle(x, y, radius, paint);
    }

    private static void Shape(SKCanvas canvas, SKColor color, float[] corners)
    {
        using var paint = new SKPaint { Color = color, IsAntialias = true };
        using var path = new SKPathBuilder();
        path.MoveTo(corners[0], corners[1]);
        for (var i = 2; i < corners.Length; i += 2)
        {
            path.LineTo(corners[i], corners[i + 1]);
        }

        path.Close();
        using var closed = path.Detach();
        canvas.DrawPath(closed, paint);
    }
}

/// <summary>Numbers that look cast and are the same each time. Source: Numerical Recipes, §7.1 (a linear congruential generator).</summary>
internal sealed class Dice(uint seed)
{
    private uint state = seed;

    public int Next(int from, int to)
    {
        state = unchecked((state * 1_664_525) + 1_013_904_223);
        return from + (int)((state >> 8) % (uint)(to - from));
    }
}

/// <summary>The typefaces of the sample's evidence: those of Debian's package fonts-noto-cjk.</summary>
internal static class Faces
{
    // In these collections the Simplified Chinese face stands third.
    private const int Simplified = 2;

    private static readonly Lazy<SKTypeface> Sans = new(() => Find("NotoSansCJK-Regular.ttc")), Serif = new(() => Find("NotoSerifCJK-Regular.ttc"));

    public static SKTypeface Board => Sans.Value;

    public static SKTypeface Paper => Serif.Value;

    private static SKTypeface Find(string file) =>
        Directory.EnumerateFiles("/usr/share/fonts", file, SearchOption.AllDirectories).Order(StringComparer.Ordinal).FirstOrDefault() is { } path
            ? SKTypeface.FromFile(path, Simplified)
            : throw new FileNotFoundException($"{file} is needed to make the evidence: install the Debian package fonts-noto-cjk.");
}
