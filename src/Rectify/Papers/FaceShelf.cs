using Rectify.Platform;

namespace Rectify.Papers;

/// <summary>What a typeface is for; the names are those of GB/T 9704.</summary>
internal enum FaceRole
{
    /// <summary>Running text (仿宋, 宋体).</summary>
    Body,

    /// <summary>Stressed running text.</summary>
    Bold,

    /// <summary>First-level headings, table heads (黑体).</summary>
    Hei,

    /// <summary>Second-level headings (楷体).</summary>
    Kai,

    /// <summary>Titles and the issuer's mark (小标宋).</summary>
    Mark,

    /// <summary>Small words of charts: without serifs, of usual weight.</summary>
    Chart,
}

/// <summary>The Chinese fonts of this computer, one for each role.</summary>
internal sealed class FaceShelf
{
    // Free fonts first: what is made on the server must be allowed to be embedded and passed on.
    private static readonly (FaceRole Role, string File, string Family)[] Candidates =
    [
        (FaceRole.Body, "NotoSerifCJK-Regular.ttc", "Noto Serif CJK SC"),
        (FaceRole.Body, "NotoSerifCJKsc-Regular.otf", ""),
        (FaceRole.Body, "SourceHanSerifSC-Regular.otf", ""),
        (FaceRole.Body, "simfang.ttf", ""),
        (FaceRole.Body, "simsun.ttc", "SimSun"),
        (FaceRole.Body, "uming.ttc", "AR PL UMing CN"),
        (FaceRole.Body, "NotoSansCJK-Regular.ttc", "Noto Sans CJK SC"),
        (FaceRole.Body, "wqy-zenhei.ttc", "WenQuanYi Zen Hei"),
        (FaceRole.Bold, "NotoSerifCJK-Bold.ttc", "Noto Serif CJK SC"),
        (FaceRole.Bold, "NotoSerifCJKsc-Bold.otf", ""),
        (FaceRole.Bold, "SourceHanSerifSC-Bold.otf", ""),
        (FaceRole.Hei, "NotoSansCJK-Bold.ttc", "Noto Sans CJK SC"),
        (FaceRole.Hei, "NotoSansCJKsc-Bold.otf", ""),
        (FaceRole.Hei, "simhei.ttf", ""),
        (FaceRole.Kai, "ukai.ttc", "AR PL UKai CN"),
        (FaceRole.Kai, "simkai.ttf", ""),
        (FaceRole.Mark, "NotoSerifCJK-Bold.ttc", "Noto Serif CJK SC"),
        (FaceRole.Mark, "NotoSerifCJKsc-Bold.otf", ""),
        (FaceRole.Mark, "SourceHanSerifSC-Bold.otf", ""),
        (FaceRole.Chart, "NotoSansCJK-Regular.ttc", "Noto Sans CJK SC"),
        (FaceRole.Chart, "NotoSansCJKsc-Regular.otf", ""),
        (FaceRole.Chart, "SourceHanSansSC-Regular.otf", ""),
        (FaceRole.Chart, "wqy-zenhei.ttc", "WenQuanYi Zen Hei"),
    ];

    private static readonly Lazy<FaceShelf> Computer = new(() => Find(
    [
        "/usr/share/fonts", "/usr/local/share/fonts", Environment.GetFolderPath(Environment.SpecialFolder.Fonts),
    ]), LazyThreadSafetyMode.PublicationOnly);

    private readonly Dictionary<FaceRole, Face> faces = [];

    private FaceShelf()
    {
    }

    /// <summary>The shelf of the computer that this runs on; looked up once, and again as long as nothing is found.</summary>
    public static FaceShelf OfThisComputer => Computer.Value;

    public IEnumerable<Face> All => faces.Values.Distinct();

    /// <summary>The face for a role, and whether it must be thickened because no bold one is there.</summary>
    public (Face Face, bool Thicken) For(FaceRole role) =>
        faces.TryGetValue(role, out var face) ? (face, false)
        : role switch
        {
            FaceRole.Body or FaceRole.Kai or FaceRole.Chart => (faces[FaceRole.Body], false),
            FaceRole.Bold => (faces[FaceRole.Body], true),
            _ => For(FaceRole.Bold),
        };

    /// <summary>Looks for fonts in directories and below; those that are not there are passed over.</summary>
    /// <exception cref="Refusal">409 <c>papers.no-font</c>: none of the fonts has Chinese characters.</exception>
    public static FaceShelf Find(IEnumerable<string> directories)
    {
        var wanted = Candidates.Select(candidate => candidate.File).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true };
        var files = directories.Where(Directory.Exists)
            .SelectMany(directory => Directory.EnumerateFiles(directory, "*.*", options))
            .Where(path => wanted.Contains(Path.GetFileName(path)))
            .GroupBy(Path.GetFileName, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key!, group => group.Order(StringComparer.Ordinal).First(), StringComparer.OrdinalIgnoreCase);

        var shelf = new FaceShelf();
        var opened = new Dictionary<(string, string), Face?>();
        foreach (var (role, file, family) in Candidates)
        {
            if (!shelf.faces.ContainsKey(role) && files.TryGetValue(file, out var path))
            {
                if (!opened.TryGetValue((path, family), out var face))
                {
                    opened[(path, family)] = face = Face.Open(path, family);
                }

                if (face?.Glyph('整').Glyph > 0)
                {
                    shelf.faces[role] = face;
                }
            }
        }

        return shelf.faces.ContainsKey(FaceRole.Body) ? shelf : throw Refusal.Conflict("papers.no-font",
            "This computer has no Chinese font to set the PDF in. Install the Debian package fonts-noto-cjk.");
    }
}
