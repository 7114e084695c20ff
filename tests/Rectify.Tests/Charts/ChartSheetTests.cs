using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Rectify.Charts;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Text;
using Rectify.Schedule;
using Rectify.Tests.Dispatch;
using Rectify.Tests.Tasks;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Charts;

/// <summary>The sheets on which charts are drawn: page, wall, A3 and A0, in both languages.</summary>
public sealed class ChartSheetTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public async Task No_word_leaves_its_sheet_every_light_has_words_and_paper_can_be_searched()
    {
        await using var world = await World.CreateAsync("sqlite");
        var charted = await Charted.HaveAsync(world, 11, 60);
        foreach (var (kind, language) in ChartKinds.All.SelectMany(kind => new[] { Language.Default, Language.Find("en")! }.Select(language => (kind, language))))
        {
            var chart = await world.InAsync((Db db) => kind.Read(Charted.Ask(db, SmallProgramme.Everyone, charted.Programme, new(2019, 3, 31), language), Ct));
            foreach (var sheet in language == Language.Default ? [Sheet.Page, Sheet.A3, Sheet.A0, Sheet.A4, Sheet.Box(1920, 1080), Sheet.Box(900, 700), Sheet.Box(1832, 850, 25)] : new[] { Sheet.Page, Sheet.A3, Sheet.A4, Sheet.Box(1832, 850, 25) })
            {
                var drawings = chart.Draw(sheet);
                Assert.NotEmpty(drawings);
                foreach (var drawing in drawings)
                {
                    Within(drawing, $"{kind.Name} in {language.Tag} on {sheet.Width:0}");
                    Assert.DoesNotContain(drawing.Labels, label => label.Text.EndsWith('…') && label.Text.All(c => c < '\u2E80')); // our own words are never cut; what the plan says may be
                    var file = XDocument.Parse(SvgWriter.File(drawing, Theme.Wall));
                    Assert.Equal(drawing.Labels.Count(), file.Descendants(Svg + "text").Count());
                    Lit(file, drawing, $"{kind.Name} on {sheet.Width:0}");
                }
            }

            if (language == Language.Default)
            {
                await SearchableAsync(chart.Draw(Sheet.A3), language);
            }
        }
    }

    // The last sheet had three lines.
    [Fact]
    public async Task The_sheets_of_a_road_map_share_its_lines_and_a_calendar_begins_its_turns_with_the_month_of_the_day()
    {
        await using var world = await World.CreateAsync("sqlite");
        var charted = await Charted.HaveAsync(world, 3, 94);
        await world.InAsync(async (Db db) =>
        {
            var ask = Charted.Ask(db, SmallProgramme.Everyone, charted.Programme, new(2019, 11, 20));
            var map = await RoadMapChart.ReadAsync(ask, Ct);
            foreach (var sheet in new[] { Sheet.A3, Sheet.A0, Sheet.A4 })
            {
                var lines = map.Draw(sheet).Select(drawing => drawing.Groups.Count(group => group.Href is not null)).ToList();
                Assert.Equal(94, lines.Sum());
                Assert.True(lines.Count > 1 && lines.Min() * 3 > lines.Max() * 2, $"{sheet.Width:0}: {string.Join(' ', lines)}");
            }

            var calendar = await NodesChart.ReadAsync(ask, Ct);
            var sheets = calendar.Draw(Sheet.Box(1832, 850, 25));
            Assert.True(calendar.Begin > 0);
            Assert.Contains(sheets[calendar.Begin].Labels, label => label.Text == "11月");
        });
    }

    // One red hatching meant the critical path on one chart and too late on another.
    [Fact]
    public async Task What_is_critical_is_hatched_and_what_is_too_late_is_red()
    {
        await using var world = await World.CreateAsync("sqlite");
        var r = await Reporting.HaveAsync(world);
        var (task, today) = (r.Tasks[0], world.Clock.Today);
        PlannedActivity first = new(Guid.CreateVersion7(), "A1", "Design", 30), second = new(Guid.CreateVersion7(), "B1", "Build", 2_000) { After = "A1" };
        await world.InAsync((SetSchedule set) => set.RunAsync(task.Id, new([first]), "planned", 0, r.Office, Ct));
        var (early, _) = await DrawnAsync();
        Assert.Equal((0, true), (Red(early), Hatched(early)));
        await world.InAsync((SetSchedule set) => set.RunAsync(task.Id, new([first, second]), "planned", 1, r.Office, Ct));
        var (late, whole) = await DrawnAsync();
        Assert.True(Red(late) > 0 && Hatched(late), "of the task");
        Assert.Equal((1, false), (Red(whole), Hatched(whole))); // of the programme: its one task, and no path

        // Beside the signs of the legend.
        static int Red(Drawing drawing) => drawing.Groups.Where(group => group.Href is not null).Sum(group => group.Marks.Count(mark => mark is Box { Fill: Ink.Red }));
        static bool Hatched(Drawing drawing) => drawing.Groups.Any(group => group.Href is not null && group.Marks.Any(mark => mark is Box { Fill: Ink.Text }));
        Task<(Drawing Task, Drawing Programme)> DrawnAsync() => world.InAsync(async (Db db) =>
        {
            var ask = new ChartAsk(db, r.Office, r.Programme, today, today, Words.In(Language.Default));
            return ((await GanttSheet.ReadAsync(ask with { Item = task.Id }, Ct)).Draw(Sheet.A3)[0], (await GanttSheet.ReadAsync(ask, Ct)).Draw(Sheet.A3)[0]);
        });
    }

    [Fact]
    public async Task A_picture_is_as_wide_as_asked_and_never_larger_than_the_limit()
    {
        await using var world = await World.CreateAsync("sqlite");
        var charted = await Charted.HaveAsync(world, 3, 30);
        var chart = await world.InAsync((Db db) => CloseOutChart.ReadAsync(Charted.Ask(db, SmallProgramme.Everyone, charted.Programme, new(2019, 3, 31)), Ct));
        var sheet = chart.Draw(Sheet.A3)[0];
        Assert.Equal((2382, 1684), Size(SheetPng.Write(sheet, Theme.Paper, 2)));
        var (width, height) = Size(SheetPng.Write(chart.Draw(Sheet.A0)[0], Theme.Wall, 50));
        Assert.True((long)width * height <= SheetPng.MostPixels * 1.01 && width > 6_000, $"{width} × {height}");

        static (int, int) Size(byte[] png)
        {
            using var picture = SkiaSharp.SKBitmap.Decode(png);
            return (picture.Width, picture.Height);
        }
    }

    private static void Within(Drawing drawing, string what)
    {
        foreach (var label in drawing.Labels)
        {
            var width = TextWidth.Of(label.Text, label.Size, label.Bold);
            var left = label.Anchor switch { Anchor.Start => label.X, Anchor.Middle => label.X - (width / 2), _ => label.X - width };
            Assert.True(
                left >= -0.5f && left + width <= drawing.Width + 0.5f && label.Y - (label.Size * 0.8f) >= -0.5f && label.Y + (label.Size * 0.2f) <= drawing.Height + 0.5f,
                $"{what}: “{label.Text}” at {label.X:0},{label.Y:0} leaves {drawing.Width:0} × {drawing.Height:0}");
        }
    }

    // Red squares, yellow triangles and green discs of a row stand beside a word, as far as they are lights.
    private static void Lit(XDocument file, Drawing drawing, string what)
    {
        foreach (var group in drawing.Groups)
        {
            var lamps = group.Marks.Count(mark => mark is Disc { Fill: Ink.Green } or Shape { Fill: Ink.Yellow } || mark is Box { Fill: Ink.Red } square && square.Width == square.Height);
            var words = group.Marks.OfType<Label>().Count();
            Assert.True(words >= lamps, $"{what}: {lamps} lights, {words} words");

            // Who sees no colours tells lights by form: a disc is green, a triangle yellow, a square red, and none of these is anything else.
            Assert.DoesNotContain(group.Marks, mark => mark is Disc { Fill: Ink.Yellow or Ink.Red } || (mark is Shape { Fill: Ink.Yellow } shape && shape.Places.Count != 3)
                || (mark is Shape { Fill: Ink.Green or Ink.Red, Places.Count: 3 }) || (mark is Box { Fill: Ink.Green or Ink.Yellow } box && box.Width == box.Height));
        }

        Assert.NotNull(file.Root!.Element(Svg + "title"));
    }

    private static async Task SearchableAsync(IReadOnlyList<Drawing> drawings, Language language)
    {
        var path = Path.Combine(Path.GetTempPath(), $"rectify-{Guid.CreateVersion7():N}.pdf");
        try
        {
            await using (var file = File.Create(path))
            {
                SheetPdf.Write(drawings, Theme.Paper, language.Tag, "https://example.org", new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero), file);
            }

            using var program = Process.Start(new ProcessStartInfo("pdftotext", ["-enc", "UTF-8", "-raw", path, "-"]) { RedirectStandardOutput = true, StandardOutputEncoding = Encoding.UTF8 })!;
            var text = Inked(await program.StandardOutput.ReadToEndAsync(Ct));
            await program.WaitForExitAsync(Ct);
            Assert.All(drawings.SelectMany(drawing => drawing.Labels).Select(label => label.Text).Distinct(), words => Assert.Contains(Inked(words), text, StringComparison.Ordinal));

            // For whoever hears it: each sheet's title and sentence, and every row that says what it is, in the order of the sheets.
            using var structure = Process.Start(new ProcessStartInfo("pdfinfo", ["-enc", "UTF-8", "-struct-text", path]) { RedirectStandardOutput = true, StandardOutputEncoding = Encoding.UTF8 })!;
            var tags = await structure.StandardOutput.ReadToEndAsync(Ct);
            await structure.WaitForExitAsync(Ct);
            using var properties = Process.Start(new ProcessStartInfo("pdfinfo", ["-enc", "UTF-8", path]) { RedirectStandardOutput = true, StandardOutputEncoding = Encoding.UTF8 })!;
            Assert.Matches("(?m)^Title: +" + Regex.Escape(drawings[0].Title) + "(.|\n)*^Tagged: +yes", await properties.StandardOutput.ReadToEndAsync(Ct));
            await properties.WaitForExitAsync(Ct);
            Assert.Equal(drawings.Count, Regex.Count(tags, "(?m)^ *H1"));
            Assert.Equal(drawings.Sum(drawing => 1 + drawing.Groups.Count(group => group.Title is { Length: > 0 })), Regex.Count(tags, "(?m)^ *Figure"));
            Assert.All(drawings, drawing => Assert.Contains(Inked(drawing.Labels.MaxBy(label => label.Size)!.Text), Inked(tags), StringComparison.Ordinal));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static string Inked(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c) && c is not ('\u202F' or '\f')));
}
