"""What `./jingwei bench` runs: each module measures one thing beside a baseline in the same run."""
