using System.Text.RegularExpressions;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using DocumentFormat.OpenXml.Wordprocessing;
using Rectify.Samples;

namespace Rectify.Tests.Samples;

public sealed class SampleDocumentTests
{
    public static TheoryData<string> Documents =>
        [MakeSamples.Plan, MakeSamples.RevisedPlan, MakeSamples.Organisation, MakeSamples.Measures];

    [Theory, MemberData(nameof(Documents))]
    public void A_kept_document_is_what_the_data_makes(string name) => Assert.Equal(
        SampleFiles.Parts(SampleFiles.Made[name]),
        SampleFiles.Parts(SampleFiles.Kept(name)));

    [Fact]
    public void Making_them_again_gives_the_same_bytes() => Assert.Equal(
        SampleFiles.Made.Values.Select(Convert.ToHexString),
        MakeSamples.All(SampleFiles.Data).Select(made => Convert.ToHexString(made.Bytes)));

    [Theory, MemberData(nameof(Documents))]
    public void A_document_is_valid(string name)
    {
        using OpenXmlPackage package = name.EndsWith(".docx", StringComparison.Ordinal)
            ? WordprocessingDocument.Open(new MemoryStream(SampleFiles.Kept(name)), isEditable: false)
            : SpreadsheetDocument.Open(new MemoryStream(SampleFiles.Kept(name)), isEditable: false);

        Assert.Empty(new OpenXmlValidator(FileFormatVersions.Office2019).Validate(package, TestContext.Current.CancellationToken)
            .Select(error => $"{error.Part?.Uri} {error.Path?.XPath}: {error.Description}"));
    }

    [Theory, InlineData(MakeSamples.Plan), InlineData(MakeSamples.RevisedPlan)]
    public void The_plan_says_all_that_the_data_says_in_its_order(string name)
    {
        var plan = name == MakeSamples.Plan ? SampleFiles.Data.Plan : SampleFiles.Data.Revision.Apply(SampleFiles.Data.Plan);
        var paragraphs = SampleFiles.Paragraphs(name);
        var at = paragraphs.IndexOf("整改任务清单");

        foreach (var task in plan.Tasks)
        {
            string[] parts =
            [
                $"{task.NumberText}　{task.Problem}", "责任单位：", $"责任人：{task.Person}", "督导单位：", "验收单位：", $"整改目标：{task.Goal}",
                $"整改时限：{task.Deadline.Text}", .. task.Milestones.Count > 0 ? ["交账节点："] : Array.Empty<string>(), "整改措施：",
                .. task.Measures.Select(m => m.Text.TrimEnd('。')),
            ];
            foreach (var part in parts)
            {
                var found = paragraphs.FindIndex(at + 1, p => p.Contains(part, StringComparison.Ordinal));
                Assert.True(found > at, $"{task.NumberText}: '{part}' is missing or out of order.");
                at = found;
            }

            Assert.All(task.Milestones, m => Assert.Contains(m.Text, string.Concat(paragraphs.Where(p => p.StartsWith("交账节点", StringComparison.Ordinal)))));
        }
    }

    [Fact]
    public void Every_measure_with_a_deadline_of_its_own_says_it() => Assert.All(
        SampleFiles.Data.Plan.Tasks.SelectMany(t => t.Measures).Where(m => m.Deadline is not null),
        measure => Assert.Contains(measure.Deadline!.Text, MeasureWording.Of(measure)));

    [Fact]
    public void Two_chapters_carry_automatic_numbers_and_each_task_begins_at_one_again()
    {
        using var word = WordprocessingDocument.Open(new MemoryStream(SampleFiles.Kept(MakeSamples.Plan)), isEditable: false);
        var used = word.MainDocumentPart!.Document!.Body!.Descendants<NumberingId>().Select(id => id.Val!.Value).ToList();
        var automatic = SampleFiles.Data.Plan.Tasks.Where(t => t.Aspect is 3 or 4).ToList();

        Assert.Equal(automatic.SelectMany((t, i) => t.Measures.Select(_ => i + 1)), used);
        Assert.All(
            word.MainDocumentPart.NumberingDefinitionsPart!.Numbering!.Elements<NumberingInstance>(),
            list => Assert.Equal(1, list.GetFirstChild<LevelOverride>()!.StartOverrideNumberingValue!.Val!.Value));
    }

    [Fact]
    public void Every_unit_is_written_by_a_spelling_of_the_unit_list()
    {
        var spellings = SampleFiles.Data.Units.SelectMany(u => u.Spellings).OrderByDescending(s => s.Length).Select(Regex.Escape);
        var units = new Regex($"^((^|、)({string.Join('|', spellings)})(（牵头）)?)+$");
        string[] labels = ["责任单位：", "落实单位：", "督导单位：", "验收单位："];
        var lines = SampleFiles.Paragraphs(MakeSamples.Plan).Where(p => labels.Any(l => p.StartsWith(l, StringComparison.Ordinal))).ToList();

        Assert.InRange(lines.Count, 3 * 94, 4 * 94);
        Assert.All(lines, line => Assert.Matches(units, line[5..]));
    }

    [Fact]
    public void Units_are_called_what_they_were_called_in_spring_2018()
    {
        var lines = string.Join('\n', SampleFiles.Paragraphs(MakeSamples.Plan));

        Assert.Contains("责任单位：自治区环境保护厅（牵头）、发展改革委、经济和信息化委员会", lines);
        Assert.Contains("责任单位：瀚碛地委、行署（牵头）、环境保护厅", lines);
        Assert.DoesNotContain("生态环境厅", lines);
        Assert.DoesNotContain("自然资源厅", lines);
    }

    [Fact]
    public void The_measure_list_has_a_row_for_each_measure_under_merged_columns()
    {
        foreach (var aspect in SampleFiles.Data.Plan.Aspects)
        {
            var tasks = SampleFiles.Data.Plan.Tasks.Where(t => t.Aspect == aspect.No).ToList();
            var rows = SampleFiles.Rows(MakeSamples.Measures, aspect.Name);

            Assert.Equal(("序号", "整改措施", "具体措施"), (rows[1]['A'], rows[1]['D'], rows[2]['E']));
            Assert.Equal(tasks.SelectMany(t => t.Measures.Select(m => m.Text)), rows.Skip(3).Select(r => r['E']));
            Assert.Equal(tasks.Select(t => t.Problem), rows.Skip(3).Select(r => r['B']).Where(text => text.Length > 0));
            Assert.Contains($"A4:A{3 + tasks[0].Measures.Count}", Merged(MakeSamples.Measures, aspect.Name));
        }
    }

    [Fact]
    public void The_organisation_workbook_names_every_unit_and_its_upper_unit()
    {
        var units = SampleFiles.Rows(MakeSamples.Organisation, "机构");
        var people = SampleFiles.Rows(MakeSamples.Organisation, "人员");
        var names = units.Skip(2).Select(r => r['B']).ToHashSet();

        Assert.Equal(["编码", "机构名称", "简称", "上级机构", "类别", "别名", "行政区划代码", "落款名称"], units[1].Values);
        Assert.Equal(["编号", "姓名", "机构", "职务"], people[1].Values);
        Assert.Equal((110, 86), (names.Count, people.Count - 2));
        Assert.Equal([""], units.Skip(2).Select(r => r['D']).Where(upper => !names.Contains(upper)));
        Assert.All(people.Skip(2), person => Assert.Contains(person['C'], names));
        Assert.Equal(SampleFiles.Data.Units.Where(u => u.Kind is "region" or "prefecture" or "county").Select(u => u.Id), units.Skip(2).Where(r => r['H'].Length > 0).Select(r => r['A']));
        Assert.Equal(
            SampleFiles.Data.Units.SelectMany(u => u.Aliases),
            units.Skip(2).SelectMany(r => r['F'].Split(OrganisationWorkbook.AliasSeparator)));
    }

    [Fact]
    public void No_half_width_mark_stands_between_Chinese_characters()
    {
        var texts =
            from file in Directory.EnumerateFiles(SampleFiles.Folder, "*", SearchOption.AllDirectories)
            where Path.GetExtension(file) is ".json" or ".tsv" or ".txt" or ".md"
            select File.ReadAllText(file);
        var documents = SampleFiles.Paragraphs(MakeSamples.Plan).Concat(SampleFiles.Paragraphs(MakeSamples.RevisedPlan));

        Assert.All(texts.Concat(documents), text => Assert.DoesNotMatch(@"(?<=[\u4e00-\u9fff）”])[,;:!?()](?=[\u4e00-\u9fff（“])", text));
    }

    private static List<string> Merged(string name, string sheet)
    {
        using var book = SpreadsheetDocument.Open(new MemoryStream(SampleFiles.Kept(name)), isEditable: false);
        var id = book.WorkbookPart!.Workbook!.Descendants<Sheet>().Single(s => s.Name == sheet).Id!.Value!;
        return [.. ((WorksheetPart)book.WorkbookPart.GetPartById(id)).Worksheet!.Descendants<MergeCell>().Select(m => m.Reference!.Value!)];
    }
}
