using SkiaSharp;

namespace Rectify.Evidence;

/// <summary>Makes small pictures: upright, as the camera's note on its position says, and without anything that the file says of itself.</summary>
internal static class Pictures
{
    /// <summary>Pixels that are decoded at most; a larger picture is shown only where its format can be decoded at a smaller scale.</summary>
    private const long MostPixels = 60_000_000;

    private const int Quality = 80;

    /// <param name="large">Where the picture goes.</param>
    /// <param name="small">Where the small one goes; none for pages after the first.</param>
    /// <returns>Whether it could be made.</returns>
    public static bool Make(string path, string large, string? small)
    {
        using var upright = Read(path, PreviewFiles.Large);
        if (upright is null)
        {
            return false;
        }

        Write(upright, PreviewFiles.Large, large);
        if (small is not null)
        {
            Write(upright, PreviewFiles.Small, small);
        }

        return true;
    }

    /// <param name="longestSide">In pixels: a larger picture is decoded at a smaller scale where its format allows it.</param>
    /// <returns>The picture upright; <see langword="null"/> where it cannot be read, or is too large to be.</returns>
    public static SKBitmap? Read(string path, int longestSide)
    {
        using var codec = SKCodec.Create(path);
        if (codec is null)
        {
            return null;
        }

        var longest = Math.Max(codec.Info.Width, codec.Info.Height);
        var size = codec.GetScaledDimensions(Math.Min(1f, (float)longestSide / longest));
        if (longest == 0 || (long)size.Width * size.Height > MostPixels)
        {
            return null;
        }

        using var decoded = new SKBitmap(new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Premul));
        return codec.GetPixels(decoded.Info, decoded.GetPixels()) is SKCodecResult.Success or SKCodecResult.IncompleteInput ? Upright(decoded, codec.EncodedOrigin) : null;
    }

    private static void Write(SKBitmap picture, int longest, string path)
    {
        var scale = Math.Min(1f, (float)longest / Math.Max(picture.Width, picture.Height));
        var (width, height) = (Math.Max(1, (int)Math.Round(picture.Width * scale)), Math.Max(1, (int)Math.Round(picture.Height * scale)));
        using var surface = SKSurface.Create(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Premul));
        surface.Canvas.Clear(SKColors.White);
        using var image = SKImage.FromBitmap(picture);
        surface.Canvas.DrawImage(image, new SKRect(0, 0, width, height), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        using var shot = surface.Snapshot();
        using var encoded = shot.Encode(SKEncodedImageFormat.Webp, Quality);
        using var file = File.Create(path);
        encoded.SaveTo(file);
    }

    // Source: Exif 2.32, tag Orientation: where the first row and the first column of what is stored belong.
    private static SKBitmap Upright(SKBitmap picture, SKEncodedOrigin origin)
    {
        var (w, h) = (picture.Width, picture.Height);
        var turn = origin switch
        {
            SKEncodedOrigin.TopRight => new SKMatrix(-1, 0, w, 0, 1, 0, 0, 0, 1),
            SKEncodedOrigin.BottomRight => new SKMatrix(-1, 0, w, 0, -1, h, 0, 0, 1),
            SKEncodedOrigin.BottomLeft => new SKMatrix(1, 0, 0, 0, -1, h, 0, 0, 1),
            SKEncodedOrigin.LeftTop => new SKMatrix(0, 1, 0, 1, 0, 0, 0, 0, 1),
            SKEncodedOrigin.RightTop => new SKMatrix(0, -1, h, 1, 0, 0, 0, 0, 1),
            SKEncodedOrigin.RightBottom => new SKMatrix(0, -1, h, -1, 0, w, 0, 0, 1),
            SKEncodedOrigin.LeftBottom => new SKMatrix(0, 1, 0, -1, 0, w, 0, 0, 1),
            _ => SKMatrix.Identity,
        };
        var sideways = origin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;
        var upright = new SKBitmap(new SKImageInfo(sideways ? h : w, sideways ? w : h, SKColorType.Rgba8888, SKAlphaType.Premul));
        using var canvas = new SKCanvas(upright);
        canvas.Clear(SKColors.Transparent);
        canvas.SetMatrix(turn);
        using var image = SKImage.FromBitmap(picture);
        canvas.DrawImage(image, 0, 0, SKSamplingOptions.Default);
        return upright;
    }
}
