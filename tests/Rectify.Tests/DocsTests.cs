using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Rectify.Bulletins;
using Rectify.Charts;
using Rectify.Closure;
using Rectify.Deadlines;
using Rectify.Dispatch;
using Rectify.Dossiers;
using Rectify.Evidence;
using Rectify.Grammar;
using Rectify.LookBacks;
using Rectify.Networks;
using Rectify.Notices;
using Rectify.Notifications;
using Rectify.Organisation;
using Rectify.Plans;
using Rectify.Platform.Journal;
using Rectify.Platform.Text;
using Rectify.Portal;
using Rectify.Procedures;
using Rectify.Publishing;
using Rectify.Reading;
using Rectify.Schedule;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;

namespace Rectify.Tests;

/// <summary>The documents say what the code says.</summary>
public sealed class DocsTests
{
    private static readonly IReadOnlyList<(string Path, string Text)> Documents =
    [
        .. Tree.Files("docs", ".md"),
        .. new[] { "README.md", "README.zh-CN.md" }.Select(name => (name, Read(name))),
    ];

    [Fact]
    public void Every_link_leads_to_a_file() => Assert.Empty(
        from document in Documents
        from Match link in Regex.Matches(document.Text, @"\]\(([^)#\s]+)(#[^)]*)?\)")
        let target = link.Groups[1].Value
        where !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("docs/images/", StringComparison.Ordinal)
        where !Path.Exists(Path.Combine(Tree.Root, Path.GetDirectoryName(document.Path)!, target))
        select $"{document.Path}: {target}");

    [Fact]
    public void Rooms_and_their_arrows_stand_on_the_map() => Assert.Equal(
        RoomTests.Arrows.ToDictionary(room => room.Key, room => string.Join(' ', room.Value)),
        Regex.Matches(Read("docs/map.md").Split("## Arrows")[1].Split("\n## ")[0], @"^\| `(\w+)` \| (.+) \|$", RegexOptions.Multiline)
            .ToDictionary(row => row.Groups[1].Value, row => Regex.Replace(row.Groups[2].Value, "`|,|Rectify\\.", "")));

    [Fact]
    public void Every_refusal_is_listed_and_every_listed_one_exists() => Assert.Equal(
        Refusals().Distinct().Order(StringComparer.Ordinal),
        Regex.Matches(Read("docs/refusals.md"), @"^\| `([^`]+)` \| (\d{3}) \|", RegexOptions.Multiline)
            .Select(row => $"{row.Groups[1].Value} {row.Groups[2].Value}").Order(StringComparer.Ordinal));

    [Fact]
    public void The_example_of_an_import_is_what_the_program_prints()
    {
        var page = Read("docs/import.md");
        var (text, json) = (Fenced(page, "text"), Fenced(page, "json"));
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(text));

        var source = DocumentReader.Read(file, "example.txt", ct: TestContext.Current.CancellationToken);

        Assert.True(
            JsonNode.DeepEquals(JsonNode.Parse(PlanJson.Write(PlanGrammar.Read(source), source)), JsonNode.Parse(json)),
            PlanJson.Write(PlanGrammar.Read(source), source));
    }

    [Fact]
    public void Every_doubt_and_notice_is_described()
    {
        var page = Read("docs/import.md");
        var code = string.Concat(Tree.Files("src/Rectify", ".cs").Select(file => file.Text));
        Assert.Empty(
            from Match use in Regex.Matches(code, "new(?: Doubt)?\\(\"([a-z]+-[a-z-]+)\", |\\bNote\\(\"([a-z.-]+)\"|Count\\(\"(reading\\.[a-z-]+)\"")
            let name = use.Groups.Values.Skip(1).First(part => part.Success).Value
            where !page.Contains($"`{name}`", StringComparison.Ordinal)
            select name);
    }

    [Fact]
    public void Every_word_of_the_domain_is_in_the_glossary()
    {
        var glossary = Read("docs/glossary.md");
        Type[] words =
        [
            typeof(ItemStatus), typeof(Light), typeof(LightCode), typeof(FactKind), typeof(ItemKind), typeof(UnitKind), typeof(Role), typeof(Right),
            typeof(DraftRole), typeof(DeadlineKind), typeof(InspectionLevel), typeof(AspectKind), typeof(PlanState), typeof(PlanStep),
            typeof(CycleKind), typeof(DayCount), typeof(RoundState), typeof(ReturnState), typeof(ReturnAct), typeof(ReturnFilter),
            typeof(PieceKind), typeof(Datum), typeof(FileCheckResult), typeof(PreviewState), typeof(FrozenResult), typeof(RequestState), typeof(RequestStep),
            typeof(DispatchTick), typeof(BulletinState), typeof(TableWhich),
            typeof(RequirementState), typeof(RequiredFrom),
            typeof(StepKind), typeof(StepLevel), typeof(ClosingNode), typeof(ClosureState), typeof(ClosureOutcome), typeof(ClosureActKind), typeof(CheckAnswer), typeof(RenewalEffect), typeof(StepStanding), typeof(ClosureWhich),
            typeof(ActivityState), typeof(LinkKind), typeof(WorkWeek), typeof(DayKind), typeof(ScheduleWhich), typeof(ScheduleChange), typeof(NodeState),
            typeof(NoticeState), typeof(ObjectionMeans), typeof(ObjectionKind), typeof(ObjectionOutcome),
            typeof(CheckOrigin), typeof(CheckResult), typeof(CheckState), typeof(CheckStep), typeof(CheckWhich), typeof(DrawState), typeof(DrawParts), typeof(ReboundSource),
            typeof(PublicationAct), typeof(PublicationState), typeof(PublicField), typeof(MaskReason), typeof(ErrorReportState),
            typeof(NoticeKind), typeof(MatterKind), typeof(JournalFinding), typeof(Delivery), typeof(SettingsChange), typeof(InboxPart), typeof(MailKind), typeof(MailState), typeof(RedactionGround),
        ];
        Assert.Empty(
            from word in words
            from name in Enum.GetNames(word)
            where !Regex.IsMatch(glossary, $@"`(\w+\.)?{name}`")
            select $"{word.Name}.{name}");
    }

    [Fact]
    public void The_manual_and_the_glossary_say_who_may_what()
    {
        var (manual, glossary) = (Read("docs/manual/accounts.md"), Read("docs/glossary.md"));
        Assert.All(Enum.GetValues<Role>(), role =>
        {
            var rights = Enum.GetValues<Right>();
            var ticks = string.Join(" | ", rights.Select(right => RoleRights.Has(role, right) ? "✓" : "")).Replace("|  |", "| |", StringComparison.Ordinal);
            Assert.Matches($@"`{role}` \| {Regex.Escape(ticks)}".Replace(@"\ ", " *", StringComparison.Ordinal), manual);
            Assert.Contains($"| `{role}` | {string.Join(", ", rights.Where(right => RoleRights.Has(role, right)).Select(right => $"`{right}`"))} |", glossary, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Every_promise_of_security_names_a_test_that_exists()
    {
        var tests = Tree.Files("tests", ".cs").Select(file => file.Text).ToList();
        Assert.Empty(
            from Match name in Regex.Matches(Read("docs/security.md"), @"`(\w+Tests)\.(\w+)`")
            where !tests.Exists(text => text.Contains($"class {name.Groups[1].Value}", StringComparison.Ordinal)
                && text.Contains($" {name.Groups[2].Value}(", StringComparison.Ordinal))
            select name.Value);
    }

    [Fact]
    public void Every_dependency_is_recorded()
    {
        var record = Read("docs/decisions/12-dependencies.md");
        Assert.Empty(
            from Match package in Regex.Matches(Read("Directory.Packages.props"), "Include=\"([^\"]+)\"")
            let name = package.Groups[1].Value
            where !record.Contains(name, StringComparison.Ordinal) && !record.Contains($".{name.Split('.')[^1]} ", StringComparison.Ordinal)
            select name);
    }

    [Fact]
    public void The_readme_names_the_samples_password() => Assert.All(
        new[] { "README.md", "README.zh-CN.md" },
        name => Assert.Contains($"`{(global::Rectify.CommandLine.LoadSample.Password)}`", Read(name), StringComparison.Ordinal));

    private static string Read(string path) => File.ReadAllText(Path.Combine(Tree.Root, path));

    private static string Fenced(string page, string language) =>
        Regex.Match(page, $"```{language}\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;

    // Each code with its status, as the source throws it.
    private static IEnumerable<string> Refusals() =>
        from file in Tree.Files("src/Rectify", ".cs", ".razor")
        from Match use in Regex.Matches(
            file.Text,
            "Refusal\\.(?<how>NotAllowed|Conflict|Invalid|NotFound)\\(\\s*\"(?<code>[^\"]+)\"|\\bNo\\(\\s*\"(?<code>[a-z.-]+)\"|new\\((?<how>\\d{3}), \"(?<code>[a-z.-]+)\"")
        let code = use.Groups["code"].Value
        select use.Groups["how"].Value switch
        {
            "NotAllowed" => $"{code} 403",
            "Conflict" => $"{code} 409",
            "NotFound" => $"{code}.not-found 404",
            "Invalid" or "" => $"{code} 422",
            var status => $"{code} {status}",
        };
}
