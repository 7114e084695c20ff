using System.Diagnostics;
using System.Globalization;
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
        await charted.PlanAsync(world);
        foreach (var (kind, language) in ChartKinds.All.SelectMany(kind => new[] { Language.Default, Language.Find("en")! }.Select(language => (kind, language))))
        {
            var chart = await world.InAsync((Db db) => kind.Read(Charted.Ask(db, SmallProgramme.Everyone, charted.Programme, kind.Name is "gantt" ? world.Clock.Today : new(2019, 3, 31), language), Ct));
            OnPhone(chart, kind.Name);
            foreach (var sheet in language == Language.Default ? [Sheet.Page, Sheet.A3, Sheet.A0, Sheet.A4, Sheet.Box(1920, 1080), Sheet.Box(900, 700), Sheet.Box(1832, 850, 25)] : new[] { Sheet.Page, Sheet.A3, Sheet.A4, Sheet.Box(1832, 850, 25) })
            {
                var drawings = chart.Draw(sheet);
                Assert.NotEmpty(drawings);
                foreach (var drawing in drawings)
                {
                    Assert.All(drawing.Labels, label => Assert.True(label.Size >= sheet.Least - 0.01f, $"{kind.Name}: “{label.Text}” has {label.Size}"));
                    Within(drawing, $"{kind.Name} in {language.Tag} on {sheet.Width:0}");
                    Assert.DoesNotContain(drawing.Labels, label => label.Text.EndsWith('…') && label.Text.All(c => c < '\u2E80')); // our own words are never cut; what the plan says may be
                    var file = XDocument.Parse(SvgWriter.File(drawing, Theme.Wall));
                    Assert.Equal(drawing.Labels.Count(), file.Descendants(Svg + "text").Count());
                    Lit(file, drawing, $"{kind.Name} on {sheet.Width:0}");
                }
            }

            if (language == Language.Default)
            {
                await PrintedAsync(chart.Draw(Sheet.A3), Sheet.A3, language);
                await PrintedAsync(chart.Draw(Sheet.A0), Sheet.A0, language);
            }
        }

        // What the wall asks for: 24 of 1080 parts of the screen, for the smallest word.
        Assert.Equal(24, Sheet.Box(1832, 850, 25).Least);
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

    // On a phone as wide as its sheet: one column, every row with its number, name and verdict below each other, and all of them on one sheet.
    private static void OnPhone(Chart chart, string what)
    {
        Assert.Equal(what is "gantt", chart.FitsPhone);
        if (!chart.FitsPhone)
        {
            return;
        }

        var drawing = Assert.Single(chart.Draw(Sheet.Phone));
        Within(drawing, what);
        Assert.Equal(Sheet.Phone.Width, drawing.Width);
        var rows = drawing.Groups.Where(group => group.Href is not null).ToList();
        Assert.Equal(chart.Table.Rows.Count, rows.Count);
        Assert.All(rows, row =>
        {
            var words = row.Marks.OfType<Label>().ToList();
            var heights = words.Select(label => label.Y).Distinct().Order().ToList();
            Assert.Equal((3, 2), (words.Count, heights.Count));
            Assert.True(heights[1] - heights[0] > words[0].Size * 1.5f && row.Marks.OfType<Box>().All(bar => bar.Y > heights[0] && bar.Y + bar.Height < heights[1] - (words[0].Size * 0.6f)), $"{what}: a bar over its words");
        });
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

    // As a printer gets it: its sheets are of that paper, drawn with lines and letters alone, and every word can be searched.
    private static async Task PrintedAsync(IReadOnlyList<Drawing> drawings, Sheet sheet, Language language)
    {
        var path = Path.Combine(Path.GetTempPath(), $"rectify-{Guid.CreateVersion7():N}.pdf");
        try
        {
            await using (var file = File.Create(path))
            {
                SheetPdf.Write(drawings, Theme.Paper, language.Tag, "https://example.org", new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero), file);
            }

            var text = Inked(await SaysAsync("pdftotext", "-enc", "UTF-8", "-raw", path, "-"));
            Assert.All(drawings.SelectMany(drawing => drawing.Labels).Select(label => label.Text).Distinct(), words => Assert.Contains(Inked(words), text, StringComparison.Ordinal));

            // For whoever hears it: each sheet's title and sentence, and every row that says what it is, in the order of the sheets.
            var tags = await SaysAsync("pdfinfo", "-enc", "UTF-8", "-struct-text", path);
            var properties = await SaysAsync("pdfinfo", "-enc", "UTF-8", "-f", "1", "-l", "99", path);
            Assert.Matches("(?m)^Title: +" + Regex.Escape(drawings[0].Title) + "(.|\n)*^Tagged: +yes", properties);
            Assert.Equal(drawings.Count, Regex.Count(properties, $"(?m)^Page +[0-9]+ size: +{sheet.Width.ToString(CultureInfo.InvariantCulture)} x {sheet.Height!.Value.ToString(CultureInfo.InvariantCulture)} pts"));
            Assert.Equal(2, (await SaysAsync("pdfimages", "-list", path)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length); // its head: no picture within
            Assert.DoesNotContain(" no ", await SaysAsync("pdffonts", path), StringComparison.Ordinal); // every face is within and its letters are known
            await InkedAsync(path, drawings.Count, sheet);
            Assert.Equal(drawings.Count, Regex.Count(tags, "(?m)^ *H1"));
            Assert.Equal(drawings.Sum(drawing => 1 + drawing.Groups.Count(group => group.Title is { Length: > 0 })), Regex.Count(tags, "(?m)^ *Figure"));
            Assert.All(drawings, drawing => Assert.Contains(Inked(drawing.Labels.MaxBy(label => label.Size)!.Text), Inked(tags), StringComparison.Ordinal));
        }
        finally
        {
            File.Delete(path);
        }
    }

    // Rendered at some 560 points across: something on every sheet, nothing in its margins, and no sheet black.
    private static async Task InkedAsync(string path, int count, Sheet sheet)
    {
        var folder = Directory.CreateTempSubdirectory("rectify-");
        try
        {
            await SaysAsync("pdftoppm", "-gray", "-scale-to", "560", path, Path.Combine(folder.FullName, "page"));
            var pages = folder.GetFiles("*.pgm");
            Assert.Equal(count, pages.Length);
            foreach (var page in pages)
            {
                var bytes = await File.ReadAllBytesAsync(page.FullName, Ct);
                var head = Regex.Match(Encoding.ASCII.GetString(bytes, 0, 40), @"^P5\s+(\d+)\s+(\d+)\s+255\s");
                var (width, height, start) = (int.Parse(head.Groups[1].Value, CultureInfo.InvariantCulture), int.Parse(head.Groups[2].Value, CultureInfo.InvariantCulture), head.Length);
                Assert.Equal((560, start + (width * height)), (width, bytes.Length));
                var dark = bytes.Skip(start).Count(tone => tone < 200);
                Assert.InRange(dark, width * height / 200, width * height / 3);
                var margin = (int)(sheet.Margin / sheet.Width * width * 0.6f);
                Assert.True(margin > 3);
                Assert.All(Enumerable.Range(0, width * height).Where(at => at % width < margin || at % width >= width - margin || at / width < margin || at / width >= height - margin), at => Assert.Equal(255, bytes[start + at]));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<string> SaysAsync(string name, params string[] asked)
    {
        using var program = Process.Start(new ProcessStartInfo(name, asked) { RedirectStandardOutput = true, StandardOutputEncoding = Encoding.UTF8 })!;
        var said = await program.StandardOutput.ReadToEndAsync(Ct);
        await program.WaitForExitAsync(Ct);
        Assert.Equal(0, program.ExitCode);
        return said;
    }

    private static string Inked(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c) && c is not ('\u202F' or '\f')));
}
