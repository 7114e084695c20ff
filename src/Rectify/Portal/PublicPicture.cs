using System.Globalization;
using System.Security.Cryptography;
using Rectify.Platform;

namespace Rectify.Portal;

/// <summary>A rectangle of a picture that nobody shall see, in thousandths of its width and height.</summary>
public sealed record HiddenBox(int X, int Y, int Width, int Height);

/// <summary>What an office says of a picture that it prepares for the public.</summary>
/// <param name="Caption">Place and day, as 2017年9月6日，3号采坑; at most 200 characters.</param>
/// <param name="Alt">What it shows, for whoever cannot see it; 1 to 200 characters.</param>
public sealed record PictureDetails(bool After, string Caption, string Alt, IReadOnlyList<HiddenBox> Boxes)
{
    /// <exception cref="Refusal">422: a text of the wrong length, or a rectangle outside the picture.</exception>
    internal PictureDetails Checked()
    {
        var clean = this with { Caption = Caption.Trim(), Alt = Alt.Trim() };
        return clean.Alt.Length is < 1 or > 200 || clean.Caption.Length > 200 ? throw Refusal.Invalid("portal.picture-text", "Say in 1 to 200 characters what the picture shows; a caption has at most 200.")
            : Boxes.Count > 100 || Boxes.Any(box => box.X is < 0 or > 999 || box.Y is < 0 or > 999 || box.Width is < 1 or > 1_000 || box.Height is < 1 or > 1_000)
                ? throw Refusal.Invalid("portal.boxes", "A rectangle is left, top, width and height in percent of the picture, from 0 to 100; at most 100 of them.")
            : clean;
    }
}

/// <summary>A copy of a picture made for the public: rectangles painted over, smaller, without anything that the file says of itself.</summary>
public sealed class PublicPicture
{
    private PublicPicture() { } // for EF Core

    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public Guid ItemId { get; private init; }

    /// <summary>The piece of evidence that it was made from. No public answer names it.</summary>
    public Guid PieceId { get; private init; }

    /// <summary>32 random hexadecimal digits: its name in public addresses.</summary>
    public string Name { get; private init; } = "";

    /// <summary>SHA-256 of the copy: where it stands in the store.</summary>
    public string Hash { get; private init; } = "";

    public bool After { get; private init; }

    public string Caption { get; private init; } = "";

    public string Alt { get; private init; } = "";

    /// <summary>How many rectangles were painted over.</summary>
    public int Boxes { get; private init; }

    public int Width { get; private init; }

    public int Height { get; private init; }

    public DateTimeOffset MadeAt { get; private init; }

    /// <summary>Whether the publication that stands shows it: as long as it does, anyone may fetch it.</summary>
    public bool Shown { get; private set; }

    internal static PublicPicture Create(Guid item, Guid piece, PictureDetails details, string hash, int width, int height, DateTimeOffset now) => new()
    {
        ItemId = item,
        PieceId = piece,
        Name = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
        Hash = hash,
        After = details.After,
        Caption = details.Caption,
        Alt = details.Alt,
        Boxes = details.Boxes.Count,
        Width = width,
        Height = height,
        MadeAt = now,
    };

    internal void Show(bool shown) => Shown = shown;
}

/// <summary>Rectangles as a person writes them: a line for each, left, top, width and height in percent.</summary>
internal static class PictureBoxes
{
    /// <exception cref="Refusal">422: a line that is no rectangle.</exception>
    public static IReadOnlyList<HiddenBox> Read(string text) =>
        [.. text.Split('\n').Select(line => line.Split([' ', '\t', ',', '\uFF0C', '%', '\r', ';'], StringSplitOptions.RemoveEmptyEntries)).Where(parts => parts.Length > 0).Select(Box)];

    private static HiddenBox Box(string[] parts)
    {
        var figures = parts.Select(part => decimal.TryParse(part, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) && percent <= 100 ? (int)Math.Round(percent * 10) : -1).ToArray();
        return figures is [>= 0 and var x, >= 0 and var y, > 0 and var width, > 0 and var height]
            ? new(x, y, width, height)
            : throw Refusal.Invalid("portal.boxes", "A rectangle is left, top, width and height in percent of the picture, from 0 to 100; at most 100 of them.");
    }
}
