using CsCheck;
using Rectify.Dispatch;
using Rectify.Evidence;
using Rectify.Platform.Text;
using Rectify.Workbooks;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Workbooks;

/// <summary>Whatever is stated comes back from a workbook as it was stated, whatever program saved it.</summary>
public sealed class BookRoundTripTests
{
    [Fact]
    public void What_is_typed_comes_back() => Books.One.List[1, 6].Sample(cases => Comes(cases, file => file), iter: 100);

    [Fact]
    public void A_workbook_that_another_program_wrote_anew_says_the_same() =>
        Books.One.List[1, 6].Sample(cases => Comes(cases, Filling.WrittenByHand), iter: 60);

    [Fact]
    public void An_untouched_workbook_changes_nothing() => Books.One.List[1, 6].Sample(cases =>
    {
        var same = cases.Select(one => one with { Typed = one.Stored }).ToList();
        var (stored, file) = Books.Typed(same, Language.Find("en"));
        var reckoning = Books.Reckon(stored, file);
        Assert.Empty(reckoning.Errors);
        Assert.Empty(reckoning.Lines);
        Assert.Empty(reckoning.Stale);
        Assert.Empty(reckoning.Moved);
    }, iter: 60);

    [Theory]
    [InlineData(30)]
    [InlineData(300)]
    public async Task A_workbook_that_LibreOffice_saved_says_the_same(int items)
    {
        var cases = Books.One.List[items].Single();
        using var folder = new Folder();
        var (stored, file) = Books.Typed(cases);
        await File.WriteAllBytesAsync(Path.Combine(folder.Path, "in.xlsx"), file, Ct);
        var office = OtherProgram.Find("soffice", "libreoffice");
        Assert.True(office is not null, "LibreOffice is not installed: apt-get install libreoffice-calc-nogui libreoffice-writer-nogui.");

        Directory.CreateDirectory(Path.Combine(folder.Path, "out"));
        var saved = await OtherProgram.RunAsync(
            office, ["--headless", "--norestore", $"-env:UserInstallation=file://{folder.Path}/profile", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", "out", "in.xlsx"],
            folder.Path, 180, 8_192, Ct);
        Assert.True(saved);
        Comes(cases, stored, await File.ReadAllBytesAsync(Path.Combine(folder.Path, "out/in.xlsx"), Ct));
    }

    private static void Comes(IReadOnlyList<Books.Case> cases, Func<byte[], byte[]> saved)
    {
        var (stored, file) = Books.Typed(cases);
        Comes(cases, stored, saved(file));
    }

    private static void Comes(IReadOnlyList<Books.Case> cases, ReturnView stored, byte[] file)
    {
        var reckoning = Books.Reckon(stored, file);
        Assert.Empty(reckoning.Errors);
        Assert.Empty(reckoning.Stale);
        Assert.Empty(reckoning.Moved);
        foreach (var (one, line) in cases.Zip(stored.Lines))
        {
            var taken = reckoning.Lines.Find(taken => taken.Line == line);
            // Evidence is chosen on the page: whatever the sheet shows, what is stored stays.
            var expected = one.Typed with { Evidence = one.Stored.Evidence };
            Assert.Empty(LineDifference.Of(one.Asked, expected, taken?.Stated ?? one.Stored, one.Pieces));
            Assert.Equal(LineDifference.Of(one.Asked, one.Stored, expected, one.Pieces).Count, taken?.Changes.Count ?? 0);
        }
    }

    private sealed class Folder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("rectify-office").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
