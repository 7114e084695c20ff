using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Rectify.CommandLine;
using Rectify.Platform;
using Rectify.Platform.Jobs;
using Rectify.Publishing;
using Rectify.Tests.Publishing;

namespace Rectify.Tests.Platform;

/// <summary>How long jobs rest between two runs is the operator's to set; nonsense is said at the start.</summary>
public sealed class JobPausesTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rectify-jobs");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task The_manual_names_every_job_and_how_long_it_rests()
    {
        await JournalKeys.MakeAsync(Path.Combine(folder.FullName, "journal.key"), PublishedWorld.Origin, sm2: false, TestContext.Current.CancellationToken);
        await using var app = Build([$"--Publishing:Folder={Path.Combine(folder.FullName, "published")}"]); // with the jobs of a published journal
        await using var scope = app.Services.CreateAsyncScope();
        var said = Regex.Matches(Tree.Files("docs", ".md").Single(page => page.Path == "docs/manual/operations.md").Text.Split("## 后台工作")[1].Split("\n## ")[0], @"^\| `(\w+)` \| ([\d:.]+)(?:（`\w+`）)? \| ", RegexOptions.Multiline)
            .Select(row => (row.Groups[1].Value, TimeSpan.Parse(row.Groups[2].Value, CultureInfo.InvariantCulture)));

        var jobs = typeof(Product).Assembly.GetTypes().Where(type => type.IsClass && type.IsAssignableTo(typeof(IJob)));

        Assert.Equal(
            jobs.Select(job => (job.Name, ((IJob)scope.ServiceProvider.GetRequiredService(job)).Every)).Order(),
            said.Order());
    }

    [Theory]
    [InlineData("00:00:00.1")]
    [InlineData("00:10:00")]
    [InlineData("30.00:00:00")]
    public void A_job_rests_as_long_as_is_set_and_the_others_as_long_as_they_say(string set)
    {
        var pauses = new JobPauses(Settings("jobs:Restless", set), [new(nameof(Restless)), new(nameof(Lazy))]); // a setting's name is read in any case

        Assert.Equal((TimeSpan.Parse(set, CultureInfo.InvariantCulture), TimeSpan.FromDays(1)), (pauses.Of(new Restless([])), pauses.Of(new Lazy())));
    }

    [Theory]
    [InlineData("Jobs:NoSuch", "00:10:00", "jobs.unknown")]
    [InlineData("Jobs:SendMail", "", "jobs.pause")]
    [InlineData("Jobs:SendMail", "6", "jobs.pause")] // six what?
    [InlineData("Jobs:SendMail", "00:00:00", "jobs.pause")]
    [InlineData("Jobs:SendMail", "-00:00:05", "jobs.pause")]
    [InlineData("Jobs:SendMail", "24:00:00", "jobs.pause")]
    [InlineData("Jobs:SendMail", "30.00:00:01", "jobs.pause")]
    [InlineData("Jobs:SendMail:Every", "00:00:05", "jobs.pause")]
    public async Task A_wrong_name_or_pause_is_refused(string key, string value, string code)
    {
        await using var app = Build([$"--{key}={value}"]);

        var no = Assert.Throws<Refusal>(app.Services.GetRequiredService<JobPauses>);

        Assert.Equal(code, no.Code);
    }

    [Fact]
    public async Task A_job_that_is_set_to_run_more_often_does()
    {
        using var ran = new SemaphoreSlim(0);
        await using var app = Build([$"--Jobs:{nameof(Restless)}=00:00:00.1"], services =>
        {
            services.AddSingleton(ran);
            services.AddJob<Restless>();
        });
        await app.Services.MigrateAsync(TestContext.Current.CancellationToken);
        await app.StartAsync(TestContext.Current.CancellationToken);

        for (var runs = 0; runs < 3; runs++)
        {
            Assert.True(await ran.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken), $"{runs}"); // by itself it rests for a day
        }

        await app.StopAsync(TestContext.Current.CancellationToken);
    }

    private Microsoft.AspNetCore.Builder.WebApplication Build(string[] settings, Action<IServiceCollection>? more = null) =>
        Product.Build([.. settings, "--urls=http://127.0.0.1:0"], folder.FullName, more);

    private static IConfiguration Settings(string key, string value) => new ConfigurationBuilder().AddInMemoryCollection([new(key, value)]).Build();

    private sealed class Restless(IEnumerable<SemaphoreSlim> ran) : IJob
    {
        public TimeSpan Every => TimeSpan.FromDays(1);

        public Task<int> RunAsync(CancellationToken ct) => Task.FromResult(ran.Sum(count => count.Release()));
    }

    private sealed class Lazy : IJob
    {
        public TimeSpan Every => TimeSpan.FromDays(1);

        public Task<int> RunAsync(CancellationToken ct) => Task.FromResult(0);
    }
}
