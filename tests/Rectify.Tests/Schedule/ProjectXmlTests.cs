using System.Text;
using System.Text.Json;
using CsCheck;
using Rectify.Calendars;
using Rectify.Networks;
using Rectify.Platform;
using Rectify.Schedule;
using Rectify.Tests.Portal;

namespace Rectify.Tests.Schedule;

public sealed class ProjectXmlTests
{
    private static readonly DateOnly On = new(2026, 3, 26);

    private static readonly Gen<ActivityPlan> Plans =
        Gen.Select(Gen.Int[0, 30], Gen.Enum<DayKind>(), Gen.Int[-10, 20], Gen.Enum<LinkKind>(), Gen.Int[0, 8], Gen.Bool).Array[1, 8].Select(rows => new ActivityPlan([.. rows.Select((row, n) =>
            new PlannedActivity(Guid.NewGuid(), $"A{n}", $"工作 {n} <&>", row.Item1)
            {
                Kind = row.Item2 is DayKind.Site ? DayKind.Office : row.Item2,
                After = row.Item5 < n ? LinkText.Write(new LinkText.Part($"A{row.Item5}", row.Item4, row.Item3, row.Item6 && row.Item3 != 0)) : "",
                NotBefore = row.Item5 == 1 ? On.AddDays(row.Item1) : null,
                NotFinishedBefore = row.Item3 % 3 == 1 ? On.AddDays(row.Item1 + 2) : null,
                FinishBy = row.Item5 == 2 || row.Item3 % 4 == 1 ? On.AddDays(100 + row.Item1) : null,
                Started = row.Item5 is 3 or 6 && row.Item1 > 0 ? On.AddDays(-row.Item1) : null,
                Remaining = row.Item5 == 6 && row.Item1 > 0 ? 1 + (row.Item3 + 10) : null,
                RemainingOn = row.Item5 == 6 && row.Item1 > 0 ? On : null,
                Unit = row.Item6 ? Guid.NewGuid() : null,
                Milestone = row.Item2 is DayKind.Site ? n : null,
                Finished = row.Item5 == 4 && row.Item1 > 0 ? On.AddDays(-1) : null,
            })]));

    [Fact]
    public void A_plan_comes_back_as_it_went() => Plans.Sample(plan =>
    {
        var of = Of(plan);
        using var file = new MemoryStream();
        ProjectXml.Write(of, "第一项").Save(file);
        file.Position = 0;

        // What the format does not carry is kept by the plan in force; the rest comes back from the file alone.
        var back = ProjectFile.Read(file, new([.. plan.Activities.Select(one => new PlannedActivity(one.Id, "", "", 0) { Unit = one.Unit, Milestone = one.Milestone, Remaining = one.Remaining })])).Plan;

        Assert.Equal(plan.Checked().Activities, back.Activities);
    });

    [Fact]
    public void The_file_has_the_deadline_that_binds_the_days_that_remain_and_what_was_changed_comes_back_changed()
    {
        var (a, b) = (new PlannedActivity(Guid.NewGuid(), "A1", "Build", 10) { FinishBy = new(2026, 12, 1), Started = On.AddDays(-7), Remaining = 4, RemainingOn = On }, new PlannedActivity(Guid.NewGuid(), "B1", "Done", 3) { Finished = On.AddDays(-1) });
        var plan = new ActivityPlan([a, b]);
        var written = ProjectXml.Write(Of(plan, new(2026, 6, 30)), "x").ToString();
        Assert.Equal(2, written.Split("<Deadline>2026-06-30T17:00:00</Deadline>").Length - 1); // the item's
        Assert.Contains("<PercentComplete>60</PercentComplete>", written, StringComparison.Ordinal);
        Assert.Contains("<RemainingDuration>PT32H0M0S</RemainingDuration>", written, StringComparison.Ordinal);

        Assert.Equal([a, b], Back(written).Activities); // neither the item's deadline nor the computed beginning became the plan's own
        var changed = Back(written.Replace("<Deadline>2026-06-30", "<Deadline>2026-05-31", StringComparison.Ordinal).Replace("<ActualStart>2026-03-2", "<ActualStart>2026-03-1", StringComparison.Ordinal)
            .Replace("<RemainingDuration>PT32H", "<RemainingDuration>PT16H", StringComparison.Ordinal));
        Assert.Equal((new DateOnly(2026, 5, 31), new DateOnly(2026, 5, 31), 2), (changed.Activities[0].FinishBy, changed.Activities[1].FinishBy, changed.Activities[0].Remaining));
        Assert.NotNull(changed.Activities[1].Started);

        // The same fields of a file from elsewhere mean something else there.
        Assert.All(Back(written.Replace("<Alias>Rectify ", "<Alias>", StringComparison.Ordinal)).Activities, one => Assert.Equal(new(2026, 6, 30), one.FinishBy));

        ActivityPlan Back(string text) => ProjectFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), plan).Plan;
    }

    // The shape that Microsoft Project 2013 writes: a project summary with UID 0, a summary task, hours of work, lag in tenths of minutes.
    [Fact]
    public void Reads_what_Microsoft_Project_writes()
    {
        var plan = Read("""
            <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
            <Project xmlns="http://schemas.microsoft.com/project"><SaveVersion>14</SaveVersion><MinutesPerDay>480</MinutesPerDay>
            <Calendars><Calendar><UID>1</UID><Name>Standard</Name><WeekDays><WeekDay><DayType>1</DayType><DayWorking>0</DayWorking></WeekDay></WeekDays></Calendar></Calendars>
            <Tasks>
              <Task><UID>0</UID><ID>0</ID><Name>Plan</Name><Summary>1</Summary></Task>
              <Task><UID>7</UID><ID>1</ID><Name>Phase</Name><WBS>1</WBS><Summary>1</Summary><Duration>PT96H0M0S</Duration></Task>
              <Task><UID>8</UID><ID>2</ID><Name>Design</Name><WBS>1.1</WBS><Duration>PT40H0M0S</Duration><DurationFormat>53</DurationFormat><CalendarUID>-1</CalendarUID><Milestone>0</Milestone><Summary>0</Summary><ActualStart>2026-03-02T08:00:00</ActualStart></Task>
              <Task><UID>9</UID><ID>3</ID><Name>Build</Name><WBS>1.2</WBS><Duration>PT56H0M0S</Duration><DurationFormat>7</DurationFormat><ConstraintType>4</ConstraintType><ConstraintDate>2026-03-16T08:00:00</ConstraintDate>
                <Deadline>2026-06-30T17:00:00</Deadline><PredecessorLink><PredecessorUID>8</PredecessorUID><Type>3</Type><LinkLag>9600</LinkLag><LagFormat>7</LagFormat></PredecessorLink></Task>
              <Task><UID>10</UID><ID>4</ID><Name>Wait</Name><WBS>1.1</WBS><Duration>PT72H0M0S</Duration><DurationFormat>8</DurationFormat><PredecessorLink><PredecessorUID>9</PredecessorUID><Type>1</Type><LinkLag>-43200</LinkLag><LagFormat>8</LagFormat></PredecessorLink></Task>
              <Task><UID>11</UID><ID>5</ID><Name>Done</Name><Milestone>1</Milestone><Duration>PT0H0M0S</Duration><PredecessorLink><PredecessorUID>10</PredecessorUID><Type>1</Type></PredecessorLink></Task>
            </Tasks></Project>
            """);

        Assert.Equal(
            [("1.1", "Design", 5, "", null, null), ("1.2", "Build", 7, "1.1 SS+2", new DateOnly(2026, 3, 16), new DateOnly(2026, 6, 30)), ("T10", "Wait", 3, "1.2 FS-3c", null, null), ("T11", "Done", 0, "T10", null, (DateOnly?)null)],
            plan.Activities.Select(one => (one.Code, one.Title, one.Days, one.After, one.NotBefore, one.FinishBy)));
        Assert.Equal((new DateOnly(2026, 3, 2), DayKind.Every), (plan.Activities[0].Started!.Value, plan.Activities[2].Kind));
    }

    [Theory]
    [InlineData("project.xml", "no XML")]
    [InlineData("project.xml", "<html/>")]
    [InlineData("project.xml", "<Project xmlns='http://schemas.microsoft.com/project'><Tasks/></Project>")]
    [InlineData("project.xml", "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><Project><Tasks><Task><UID>1</UID><Name>&e;</Name></Task></Tasks></Project>")]
    [InlineData("project.twice", "<Project><Tasks><Task><UID>1</UID><Name>a</Name></Task><Task><UID>1</UID><Name>b</Name></Task></Tasks></Project>")]
    [InlineData("project.duration", "<Project><Tasks><Task><UID>1</UID><Duration>long</Duration></Task></Tasks></Project>")]
    [InlineData("network.cycle", "<Project><Tasks><Task><UID>1</UID><Name>a</Name><PredecessorLink><PredecessorUID>2</PredecessorUID><Type>1</Type></PredecessorLink></Task><Task><UID>2</UID><Name>b</Name><PredecessorLink><PredecessorUID>1</PredecessorUID><Type>1</Type></PredecessorLink></Task></Tasks></Project>")]
    public void Refuses_what_is_no_plan(string code, string text) => Assert.Equal(code, Assert.Throws<Refusal>(() => Read(text)).Code);

    // The features that public samples of the format show: tasks without links, elapsed durations, inactive tasks, summaries with links, exceptions of calendars, negative lag and lag in percent, hours.
    [Fact]
    public void Says_what_it_does_not_read_or_reads_otherwise()
    {
        var file = ProjectFile.Read(new MemoryStream(Encoding.UTF8.GetBytes("""
            <Project xmlns="http://schemas.microsoft.com/project"><SaveVersion>14</SaveVersion><MinutesPerDay>480</MinutesPerDay>
            <Calendars><Calendar><UID>1</UID><Name>Standard</Name><Exceptions><Exception><TimePeriod><FromDate>2026-05-01T00:00:00</FromDate><ToDate>2026-05-05T23:59:00</ToDate></TimePeriod><DayWorking>0</DayWorking></Exception></Exceptions></Calendar></Calendars>
            <Tasks>
              <Task><UID>1</UID><Name>Phase</Name><Active>1</Active><Summary>1</Summary><PredecessorLink><PredecessorUID>4</PredecessorUID><Type>1</Type></PredecessorLink></Task>
              <Task><UID>2</UID><Name>Alone</Name><WBS>1.1</WBS><Active>1</Active><Duration>PT80H0M0S</Duration><DurationFormat>7</DurationFormat></Task>
              <Task><UID>3</UID><Name>Dries</Name><WBS>1.2</WBS><Duration>PT168H0M0S</Duration><DurationFormat>10</DurationFormat><ConstraintType>1</ConstraintType></Task>
              <Task><UID>4</UID><Name>Given up</Name><WBS>1.3</WBS><Active>0</Active><Duration>PT8H0M0S</Duration></Task>
              <Task><UID>5</UID><Name>Half of it</Name><WBS>1.4</WBS><Duration>PT12H0M0S</Duration><DurationFormat>5</DurationFormat>
                <PredecessorLink><PredecessorUID>2</PredecessorUID><Type>1</Type><LinkLag>50</LinkLag><LagFormat>19</LagFormat></PredecessorLink>
                <PredecessorLink><PredecessorUID>3</PredecessorUID><Type>0</Type><LinkLag>-9600</LinkLag><LagFormat>7</LagFormat></PredecessorLink>
                <PredecessorLink><PredecessorUID>4</PredecessorUID><Type>1</Type></PredecessorLink></Task>
              <Task><UID>6</UID><Name>Handed over</Name><WBS>1.5</WBS><Milestone>1</Milestone><Duration>PT0H0M0S</Duration><PredecessorLink><PredecessorUID>1</PredecessorUID><Type>1</Type></PredecessorLink></Task>
            </Tasks></Project>
            """)), ActivityPlan.Empty);

        Assert.Equal(
            [("1.1", 10, DayKind.Office, ""), ("1.2", 7, DayKind.Every, ""), ("1.4", 2, DayKind.Office, "1.1 FS+5; 1.2 FF-2"), ("1.5", 0, DayKind.Office, "")],
            file.Plan.Activities.Select(one => (one.Code, one.Days, one.Kind, one.After)));
        Assert.Equal(
            ["calendars: ", "constraint: 1.2", "elapsed: 1.2", "inactive: Given up", "percent: 1.4", "rounded: 1.4", "summary-link: Handed over Phase"],
            file.Notes.Select(note => $"{note.Key["project.note.".Length..]}: {string.Join(' ', note.Which.Order(StringComparer.Ordinal))}").Order(StringComparer.Ordinal));
    }

    // What newer versions of the program write by themselves: tasks set by hand, a calendar of the whole file, and shadows of tasks in other files.
    [Fact]
    public void Reads_tasks_set_by_hand_the_calendar_of_the_file_and_leaves_other_files_out()
    {
        var file = ProjectFile.Read(new MemoryStream(Encoding.UTF8.GetBytes("""
            <Project xmlns="http://schemas.microsoft.com/project"><CalendarUID>2</CalendarUID><MinutesPerDay>450</MinutesPerDay>
            <Calendars>
              <Calendar><UID>1</UID><WeekDays><WeekDay><DayType>1</DayType><DayWorking>0</DayWorking></WeekDay><WeekDay><DayType>2</DayType><DayWorking>1</DayWorking></WeekDay></WeekDays></Calendar>
              <Calendar><UID>2</UID><BaseCalendarUID>3</BaseCalendarUID></Calendar>
              <Calendar><UID>3</UID><WeekDays>
                <WeekDay><DayType>1</DayType><DayWorking>1</DayWorking></WeekDay><WeekDay><DayType>2</DayType><DayWorking>1</DayWorking></WeekDay><WeekDay><DayType>3</DayType><DayWorking>1</DayWorking></WeekDay><WeekDay><DayType>4</DayType><DayWorking>1</DayWorking></WeekDay>
                <WeekDay><DayType>5</DayType><DayWorking>1</DayWorking></WeekDay><WeekDay><DayType>6</DayType><DayWorking>1</DayWorking></WeekDay><WeekDay><DayType>7</DayType><DayWorking>1</DayWorking></WeekDay></WeekDays></Calendar>
            </Calendars>
            <Tasks>
              <Task><UID>1</UID><Name>By hand</Name><WBS>1</WBS><Manual>1</Manual><Start>2026-03-02T08:00:00</Start><ManualStart>2026-03-02T08:00:00</ManualStart><Duration>PT7H30M0S</Duration><DurationFormat>53</DurationFormat><CalendarUID>-1</CalendarUID></Task>
              <Task><UID>2</UID><Name>Begun by hand</Name><WBS>2</WBS><Manual>1</Manual><Start>2026-03-02T08:00:00</Start><ActualStart>2026-03-02T08:00:00</ActualStart><Duration>PT15H0M0S</Duration><CalendarUID>1</CalendarUID></Task>
              <Task><UID>3</UID><Name>Shadow</Name><WBS>3</WBS><ExternalTask>1</ExternalTask><Duration>PT15H0M0S</Duration></Task>
              <Task><UID>4</UID><Name>Waits</Name><WBS>4</WBS><Duration>PT15H0M0S</Duration><CalendarUID>1</CalendarUID>
                <PredecessorLink><PredecessorUID>3</PredecessorUID><Type>1</Type></PredecessorLink><PredecessorLink><PredecessorUID>2</PredecessorUID><Type>1</Type><CrossProject>0</CrossProject></PredecessorLink></Task>
              <Task><UID>5</UID><Name>Waits abroad</Name><WBS>5</WBS><Duration>PT15H0M0S</Duration><CalendarUID>1</CalendarUID><PredecessorLink><PredecessorUID>1</PredecessorUID><CrossProject>1</CrossProject><CrossProjectName>other.mpp/1</CrossProjectName></PredecessorLink></Task>
            </Tasks></Project>
            """)), ActivityPlan.Empty);

        Assert.Equal(
            [("1", 1, DayKind.Every, "", new DateOnly(2026, 3, 2)), ("2", 2, DayKind.Office, "", null), ("4", 2, DayKind.Office, "2", null), ("5", 2, DayKind.Office, "", (DateOnly?)null)],
            file.Plan.Activities.Select(one => (one.Code, one.Days, one.Kind, one.After, one.NotBefore)));
        Assert.Equal(
            ["external: Shadow Waits Waits abroad", "manual: 1"],
            file.Notes.Select(note => $"{note.Key["project.note.".Length..]}: {string.Join(' ', note.Which.Order(StringComparer.Ordinal))}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Of_two_ends_the_earlier_binds_days_stand_as_written_and_what_is_not_kept_is_said()
    {
        var file = ProjectFile.Read(new MemoryStream(Encoding.UTF8.GetBytes("""
            <Project xmlns="http://schemas.microsoft.com/project"><MinutesPerDay>480</MinutesPerDay><Tasks>
              <Task><UID>1</UID><Name>Whole</Name><WBS>1</WBS><Summary>1</Summary><Deadline>2026-03-31T17:00:00</Deadline></Task>
              <Task><UID>2</UID><Name>Two ends</Name><WBS>2</WBS><Duration>PT8H0M0S</Duration><ConstraintType>3</ConstraintType><ConstraintDate>2026-03-17T17:00:00</ConstraintDate><Deadline>2026-03-31T17:00:00</Deadline></Task>
              <Task><UID>3</UID><Name>Zone</Name><WBS>3</WBS><Duration>PT8H0M0S</Duration><ConstraintType>2</ConstraintType><ConstraintDate>2026-03-16T00:00:00+08:00</ConstraintDate><Deadline>2026-03-20T23:30:00Z</Deadline></Task>
              <Task><UID>4</UID><Name>Long node</Name><WBS>4</WBS><Milestone>1</Milestone><Duration>PT40H0M0S</Duration></Task>
            </Tasks></Project>
            """)), ActivityPlan.Empty);

        Assert.Equal(
            [("2", 1, null, new DateOnly(2026, 3, 17)), ("3", 1, new DateOnly(2026, 3, 16), new DateOnly(2026, 3, 20)), ("4", 0, null, (DateOnly?)null)],
            file.Plan.Activities.Select(one => (one.Code, one.Days, one.NotBefore, one.FinishBy)));
        Assert.Equal(
            ["constraint: 3", "milestone: 4", "summary-date: Whole"],
            file.Notes.Select(note => $"{note.Key["project.note.".Length..]}: {string.Join(' ', note.Which.Order(StringComparer.Ordinal))}").Order(StringComparer.Ordinal));
    }

    // Whatever a stranger's program wrote, a plan comes of it or a refusal.
    [Fact]
    public void Any_numbers_are_a_plan_or_a_refusal() =>
        Gen.Select(AnyOf.These("PT80H0M0S", "PT1M", "P9999999D", "-PT8H", "", "x"), AnyOf.These("", "7", "8", "19", "20", "999"), AnyOf.These("0", "50", "-99999999999", "2147483647", "1e300", "y"), AnyOf.These("1", "2", "0", "")).Array[1, 5].Sample(rows =>
        {
            var tasks = rows.Select((row, i) => $"<Task><UID>{(row.Item4 is "1" ? i + 1 : 1 + i / 2)}</UID><Duration>{row.Item1}</Duration><DurationFormat>{row.Item2}</DurationFormat><PredecessorLink><PredecessorUID>{i}</PredecessorUID><Type>{row.Item4}</Type><LinkLag>{row.Item3}</LinkLag><LagFormat>{row.Item2}</LagFormat></PredecessorLink></Task>");
            try
            {
                Assert.NotEmpty(Read($"<Project><Tasks>{string.Concat(tasks)}</Tasks></Project>").Activities);
            }
            catch (Refusal refused)
            {
                Assert.Contains(refused.Code.Split('.')[0], (string[])["project", "network"]);
            }
        }, iter: 300);

    // Debian's planner: its own stylesheet turns the file into its own, its own library loads that, and says what it then knows. It keeps no calendar of the file, so the days are those of weeks without holidays.
    [Fact]
    public async Task Planner_opens_what_is_written_with_tasks_days_and_links()
    {
        PlannedActivity Work(string code, int days, string after = "") => new(Guid.NewGuid(), code, $"工作 {code} <&>", days) { After = after };
        var plan = new ActivityPlan(
        [
            Work("A", 2), Work("B", 3, "A"), Work("C", 0, "B"), Work("D", 1, "A SS"), Work("E", 2, "B FF"), Work("F", 1, "A FS+2") with { NotBefore = new(2026, 4, 1) }, Work("G", 1, "A SS-1c; F SF"),
        ]);
        var of = Of(plan);
        var path = Path.Combine(Path.GetTempPath(), $"rectify-{Guid.CreateVersion7():N}.xml");
        try
        {
            ProjectXml.Write(of, "第一项").Save(path);
            var lines = (await PlannerAsync(path)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToDictionary(line => line.GetProperty("name").GetString()!);
            Assert.Equal(plan.Activities.Select(one => one.Title).Order(StringComparer.Ordinal), lines.Keys.Order(StringComparer.Ordinal));
            Assert.All(plan.Activities, one => Assert.Equal(one.Days * 8 * 3600, lines[one.Title].GetProperty("seconds").GetInt32()));
            string[] kinds = ["none", "FS", "FF", "SS", "SF"]; // as its library counts them
            Assert.Equal(
                ["B: A FS 0", "C: B FS 0", "D: A SS 0", "E: B FF 0", "F: A FS 57600", "G: A SS -86400", "G: F SF 0"],
                plan.Activities.SelectMany(one => lines[one.Title].GetProperty("after").EnumerateArray().Select(link =>
                    $"{one.Code}: {plan.Activities.Single(other => other.Title == link[0].GetString()).Code} {kinds[link[1].GetInt32()]} {link[2].GetInt64()}").Order(StringComparer.Ordinal)));

            // It reckons the days anew from what it read, and comes to the same.
            foreach (var code in new[] { "A", "B", "C", "D", "E", "F" })
            {
                var (times, line) = (of.Dates[plan.Find(code)!.Id], lines[plan.Find(code)!.Title]);
                Assert.Equal((code, $"{times.EarlyStart:yyyy-MM-dd}", $"{times.EarlyFinish:yyyy-MM-dd}"), (code, line.GetProperty("begins").GetString(), line.GetProperty("ends").GetString()));
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static async Task<string> PlannerAsync(string path)
    {
        const string Script = """
            import ctypes, datetime, glob, json, subprocess, sys
            from ctypes import POINTER, Structure, byref, c_char_p, c_int, c_long, c_void_p

            class Links(Structure):
                pass
            Links._fields_ = [("data", c_void_p), ("next", POINTER(Links)), ("prev", POINTER(Links))]

            planner = ctypes.CDLL(glob.glob("/usr/lib/*/planner/libplanner-1.so.1")[0])
            gobject = ctypes.CDLL("libgobject-2.0.so.0")

            def of(name, result, *arguments):
                function = getattr(planner, name)
                function.restype, function.argtypes = result, arguments
                return function

            def each(links):
                while links:
                    yield links.contents.data
                    links = links.contents.next

            def name(task):
                text = c_char_p()
                gobject.g_object_get(c_void_p(task), b"name", byref(text), None)
                return text.value.decode()

            def day(seconds):
                return datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).date().isoformat()

            project = of("mrp_project_new", c_void_p, c_void_p)(of("mrp_application_new", c_void_p)())
            own = subprocess.run(["xsltproc", "/usr/share/planner/stylesheets/msp2planner.xsl", sys.argv[1]], check=True, capture_output=True).stdout
            error = c_void_p()
            assert of("mrp_project_load_from_xml", c_int, c_void_p, c_char_p, POINTER(c_void_p))(project, own, byref(error)) and not error.value
            for task in each(of("mrp_project_get_all_tasks", POINTER(Links), c_void_p)(project)):
                after = [[name(of("mrp_relation_get_predecessor", c_void_p, c_void_p)(link)), of("mrp_relation_get_relation_type", c_int, c_void_p)(link), of("mrp_relation_get_lag", c_int, c_void_p)(link)]
                    for link in each(of("mrp_task_get_predecessor_relations", POINTER(Links), c_void_p)(task))]
                print(json.dumps({"name": name(task), "begins": day(of("mrp_task_get_work_start", c_long, c_void_p)(task)), "ends": day(of("mrp_task_get_finish", c_long, c_void_p)(task)),
                    "seconds": of("mrp_task_get_duration", c_int, c_void_p)(task), "after": after}))
            """;
        using var program = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("/usr/bin/python3", ["-c", Script, path]) { RedirectStandardOutput = true })!;
        var said = await program.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await program.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, program.ExitCode);
        return said;
    }

    private static ActivityPlan Read(string text) => ProjectFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), ActivityPlan.Empty).Plan;

    /// <param name="due">The item's deadline.</param>
    private static ItemTimetable Of(ActivityPlan plan, DateOnly? due = null)
    {
        var (office, every) = (new WorkPattern(WorkingCalendar.StateCouncil), new WorkPattern(WorkingCalendar.StateCouncil, WorkWeek.EveryDay));
        var network = new Network(
            plan.Activities.Select(one => new Activity
            {
                Id = one.Id,
                Title = one.Title,
                Days = one.Days,
                Pattern = one.Kind is DayKind.Every ? every : office,
                NotBefore = one.NotBefore,
                NotFinishedBefore = one.NotFinishedBefore,
                FinishBy = new[] { one.FinishBy, due }.Min(),
                Remaining = one.Remaining,
                Started = one.Started,
                Finished = one.Finished,
            }),
            plan.Checked().Links());
        return new(null!, null!, null!, plan.Checked(), Timetable.Of(network, On), null, null, true);
    }
}
