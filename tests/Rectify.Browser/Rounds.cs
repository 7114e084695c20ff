using System.Text.Json;
using Microsoft.Playwright;

namespace Rectify.Browser;

/// <summary>Dispatch rounds as the API tells them to whoever is signed in.</summary>
internal static class Rounds
{
    /// <summary>What stands at an address of the API.</summary>
    public static async Task<JsonElement> ReadAsync(this IPage page, string path)
    {
        var answer = await page.APIRequest.GetAsync(path);
        Assert.True(answer.Ok, await answer.TextAsync());
        return (await answer.JsonAsync())!.Value;
    }

    /// <summary>Waits until all returns of a round were made: before that nobody can close it.</summary>
    /// <param name="round">Its id, or the address of its page.</param>
    public static async Task<JsonElement> OpenedAsync(this IPage page, string round)
    {
        for (var tries = 0; tries < 360; tries++)
        {
            var now = (await page.ReadAsync($"/api/rounds/{round.Split('/')[^1]}")).GetProperty("round");
            if (now.GetProperty("state").ToString() is "Open" or "1")
            {
                return now;
            }

            await Task.Delay(500, TestContext.Current.CancellationToken);
        }

        throw new InvalidOperationException("The round's returns were not made in three minutes.");
    }
}
