using Microsoft.EntityFrameworkCore;
using Rectify.Evidence;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Files;
using Rectify.Platform.Journal;
using Rectify.Tasks;
using SkiaSharp;

namespace Rectify.Portal;

/// <summary>Makes a copy of a photo for the public, with rectangles painted over. The copy is a file of its own; publishing shows it.</summary>
public sealed class MaskPicture(Db db, FileStore files, JournalWriter journal, TimeProvider clock)
{
    /// <param name="piece">A piece of the item's evidence whose newest file is a picture.</param>
    /// <exception cref="Refusal">404: no such item or piece. 403: another office's. 422: no picture, or details that cannot be.</exception>
    public async Task<Guid> RunAsync(Guid item, Guid piece, PictureDetails details, Access by, CancellationToken ct)
    {
        var clean = details.Checked();
        var view = await PublicationDraft.ViewAsync(db, item, by, clock.Today, ct);
        var file = await PiecesOf(db, by, item).Where(one => one.Piece.Id == piece).Select(one => one.File).SingleOrDefaultAsync(ct) ?? throw Refusal.NotFound("piece", piece);
        var copy = FileTypes.Named(file.Type).Family is FileFamily.Image && files.Exists(file.FileHash) ? PicturePainter.Paint(files.Locate(file.FileHash), clean.Boxes) : null;
        if (copy is not var (bytes, width, height))
        {
            throw Refusal.Invalid("portal.picture", "This file cannot be shown as a picture.");
        }

        var hash = await files.KeepAsync(new MemoryStream(bytes), bytes.Length, ct);
        var picture = db.Add(PublicPicture.Create(item, piece, clean, hash, width, height, clock.NowMs)).Entity;
        await journal.CommitAsync(
            new PublicPictureMade { Subject = item, By = by.Actor, At = picture.MadeAt, Item = JournalBytes.Text(view.Item.PublicId), Name = picture.Name, Hash = hash, Boxes = picture.Boxes }, ct);
        return picture.Id;
    }

    internal sealed record Photo
    {
        public required Piece Piece { get; init; }

        public required PieceVersion File { get; init; }
    }

    /// <summary>Evidence of the item and its parts that stands, with its newest file.</summary>
    internal static IQueryable<Photo> PiecesOf(Db db, Access reader, Guid item) =>
        from piece in db.PiecesFor(reader)
        where piece.WithdrawnAt == null
            && db.PieceUses().Any(use => use.PieceId == piece.Id && (use.ItemId == item || db.ItemsFor(reader, Right.Read).Any(part => part.Id == use.ItemId && part.ParentId == item)))
        join version in db.PieceVersions() on new { Piece = piece.Id, No = piece.Newest } equals new { Piece = version.PieceId, version.No }
        select new Photo { Piece = piece, File = version };
}

/// <summary>The copies of a file of evidence that is destroyed: they go with it, and none may stand in public.</summary>
internal sealed class ForgetPictures(Db db) : IForgetFiles
{
    public async Task<IReadOnlyList<string>> ForgetAsync(string hash, DateTimeOffset at, CancellationToken ct)
    {
        var pictures = await db.PicturesMadeOf(hash).ToListAsync(ct);
        if (pictures.Exists(picture => picture.Shown))
        {
            throw Refusal.Conflict("redaction.file-shown", "A published page shows a picture made of this file. Withdraw the publication, or publish it without the picture, first.");
        }

        db.RemoveRange(pictures);
        return [.. pictures.Select(picture => picture.Hash).Distinct()];
    }

    public void Destroy(string hash)
    {
        // All copies stand in the store.
    }
}

/// <summary>Paints over what nobody shall see.</summary>
internal static class PicturePainter
{
    /// <summary>Longest side of a public picture, in pixels.</summary>
    private const int Longest = 1_600;

    private const int Quality = 85;

    // Compression spreads a pixel over its block and its neighbours: the covered rectangle is larger by two blocks.
    private const int Margin = 16;

    /// <returns>A WebP picture, upright, that says nothing of itself; <see langword="null"/> where the file is no picture.</returns>
    public static (byte[] Bytes, int Width, int Height)? Paint(string path, IReadOnlyList<HiddenBox> boxes)
    {
        using var upright = Pictures.Read(path, Longest);
        if (upright is null)
        {
            return null;
        }

        var scale = Math.Min(1f, (float)Longest / Math.Max(upright.Width, upright.Height));
        var (width, height) = (Math.Max(1, (int)Math.Round(upright.Width * scale)), Math.Max(1, (int)Math.Round(upright.Height * scale)));
        using var surface = SKSurface.Create(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Premul));
        surface.Canvas.Clear(SKColors.White);
        using (var image = SKImage.FromBitmap(upright))
        {
            surface.Canvas.DrawImage(image, new SKRect(0, 0, width, height), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        }

        using var cover = new SKPaint { Color = new SKColor(0x46, 0x53, 0x5F), IsAntialias = false, BlendMode = SKBlendMode.Src };
        using var edge = new SKPaint { Color = SKColors.White, IsAntialias = false, Style = SKPaintStyle.Stroke, StrokeWidth = 2 };
        foreach (var box in boxes)
        {
            var hidden = new SKRect(
                (float)Math.Floor(box.X * width / 1000.0) - Margin, (float)Math.Floor(box.Y * height / 1000.0) - Margin,
                (float)Math.Ceiling((box.X + box.Width) * width / 1000.0) + Margin, (float)Math.Ceiling((box.Y + box.Height) * height / 1000.0) + Margin);
            surface.Canvas.DrawRect(hidden, cover);
            hidden.Inflate(-3, -3);
            surface.Canvas.DrawRect(hidden, edge);
        }

        using var shot = surface.Snapshot();
        using var encoded = shot.Encode(SKEncodedImageFormat.Webp, Quality);
        return (encoded.ToArray(), width, height);
    }
}
