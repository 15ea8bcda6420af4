// The page knows nothing of the fake: it asks api.github.com.
const api = "https://api.github.com/repos/octo-org/octo-repo/actions";

interface Run {
  id: number;
  display_title: string;
  status: string;
  conclusion: string | null;
  run_attempt: number;
}

async function ask<T>(path: string, init?: RequestInit): Promise<T> {
  const response = await fetch(`${api}${path}`, init);
  if (!response.ok) throw new Error(`${path} responded ${response.status}`);
  return (await response.json()) as T;
}

/** Shows the runs, each with its state, a button to re-run it, and one for its logs. */
export async function showRuns(list: HTMLElement): Promise<void> {
  const { workflow_runs } = await ask<{ workflow_runs: Run[] }>("/runs?per_page=5");
  list.replaceChildren(...workflow_runs.map((run) => item(run, list)));
}

function item(run: Run, list: HTMLElement): HTMLElement {
  const row = document.createElement("li");
  row.textContent = `#${run.id} ${run.display_title}: ${run.conclusion ?? run.status} (${run.run_attempt}) `;
  row.append(
    button("re-run", async () => {
      await ask(`/runs/${run.id}/rerun-failed-jobs`, { method: "POST" });
      await showRuns(list);
    }),
    button("logs", async () => {
      // The browser follows GitHub's redirect to the other origin by itself.
      const archive = await fetch(`${api}/runs/${run.id}/logs`);
      row.dataset["logs"] = `${archive.status} ${(await archive.arrayBuffer()).byteLength}`;
    }),
  );
  return row;
}

function button(label: string, onClick: () => Promise<void>): HTMLButtonElement {
  const made = document.createElement("button");
  made.textContent = label;
  made.addEventListener("click", () => {
    onClick().catch((error: unknown) => {
      document.title = String(error);
    });
  });
  return made;
}
